using System.Buffers;
using System.Diagnostics;
using Npgsql;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>
/// Writes the events of a chunk behind the head, which the caller has raised and locked, straight into the ledger's tables. Everything is given up where
/// it takes longer than is left: no statement may run beyond that, and none is begun.
/// </summary>
/// <param name="patience">How long all of it may take; null where it may take as long as it takes.</param>
internal sealed class ChunkWriter(NpgsqlConnection connection, ImportRun run, ReplacedIds replaced, TimeSpan? patience)
{
    private const string Events = "seq_id, id, stream_id, version, data, type, timestamp, correlation_id, causation_id, user_name";

    private readonly long began = Stopwatch.GetTimestamp();
    private readonly string actor = run.Metadata.Actor.ToString();

    /// <summary>Writes streams, events, leaves and texts; false if there is not the time.</summary>
    public async Task<bool> Write(ImportChunk chunk, long head, DateTime moment, CancellationToken cancellationToken)
    {
        try
        {
            if (!chunk.IsOfExisting)
            {
                await WriteStreams(chunk, moment, cancellationToken);
            }

            await WriteEventsAndLeaves(chunk, head, moment, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.QueryCanceled && patience is not null)
        {
            return false;
        }
    }

    private async Task WriteStreams(ImportChunk chunk, DateTime moment, CancellationToken cancellationToken)
    {
        await using var rows = await Begin("mt_streams", "id, type, version, timestamp, created", cancellationToken);
        foreach (var stream in chunk.Streams)
        {
            await rows.Row(5, cancellationToken);
            rows.Write(stream.Id);
            rows.Write(run.StreamType);
            rows.Write(stream.Last);
            rows.Write(moment);
            rows.Write(moment);
        }

        await rows.Complete(cancellationToken);
    }

    private async Task WriteEventsAndLeaves(ImportChunk chunk, long head, DateTime moment, CancellationToken cancellationToken)
    {
        var texts = new List<(long Position, PackedText Text)>();
        var length = (int)chunk.Events * LeafHashes.Bytes;

        // Lent, as the buffers of the rows are.
        var leaves = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await WriteEvents(chunk, head, moment, leaves, texts, cancellationToken);
            await WriteLeaves(leaves.AsMemory(0, length), head, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(leaves);
        }

        if (texts.Count > 0)
        {
            await WriteTexts(texts, cancellationToken);
        }
    }

    // While the server stores one piece, the next one's leaves are hashed.
    private async Task WriteEvents(
        ImportChunk chunk, long head, DateTime moment, byte[] leaves, List<(long Position, PackedText Text)> texts, CancellationToken cancellationToken)
    {
        var hashes = new LeafHashes(run, moment);
        var position = head;
        await using var rows = await Begin("mt_events", Events, cancellationToken);
        foreach (var stream in chunk.Streams)
        {
            var version = stream.First;
            foreach (var added in stream.Read())
            {
                replaced.Apply(added.Data);
                position++;
                await rows.Row(10, cancellationToken);
                rows.Write(position);
                rows.Write(added.Id);
                rows.Write(stream.Id);
                rows.Write(version);
                rows.WriteJson(added.Data.Span);
                rows.Write(added.Type.Span);
                rows.Write(moment);
                rows.Write(run.Metadata.CorrelationId);
                rows.Write(run.Metadata.CausationId);
                rows.Write(actor);
                hashes.Write(added, position, stream.Id, version, leaves.AsSpan((int)(position - head - 1) * LeafHashes.Bytes, LeafHashes.Bytes));
                texts.AddRange(added.Texts.Select(text => (position, text)));
                version++;
            }
        }

        await rows.Complete(cancellationToken);
    }

    private async Task WriteLeaves(ReadOnlyMemory<byte> leaves, long head, CancellationToken cancellationToken)
    {
        await using var rows = await Begin("ledger_leaf", "position, hash", cancellationToken);
        for (var at = 0; at < leaves.Length; at += LeafHashes.Bytes)
        {
            await rows.Row(2, cancellationToken);
            rows.Write(++head);
            rows.Write(leaves.Span.Slice(at, LeafHashes.Bytes));
        }

        await rows.Complete(cancellationToken);
    }

    private async Task WriteTexts(List<(long Position, PackedText Text)> texts, CancellationToken cancellationToken)
    {
        await using var rows = await Begin("ledger_text", "position, member, salt, text", cancellationToken);
        foreach (var (position, text) in texts)
        {
            await rows.Row(4, cancellationToken);
            rows.Write(position);
            rows.Write(text.Member.Span);
            rows.Write(text.Salt.Span);
            rows.Write(text.Text.Span);
        }

        await rows.Complete(cancellationToken);
    }

    private async Task<CopyRows> Begin(string table, string columns, CancellationToken cancellationToken)
    {
        if (patience is { } whole)
        {
            var left = (int)(whole - Stopwatch.GetElapsedTime(began)).TotalMilliseconds;
            if (left <= 0)
            {
                throw new TimeoutException();
            }

            await connection.Execute($"set local statement_timeout = {left}", cancellationToken);
        }

        return await CopyRows.Begin(connection, table, columns, cancellationToken);
    }
}
