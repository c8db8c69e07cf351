using System.Data;
using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>The transactions by which one import is moved. A stream is moved whole, so none of the import's own can be changed in between.</summary>
internal sealed class ImportChunks(NpgsqlConnection connection, NpgsqlDataSource database, ImportRun run, ImportOptions options) : IAsyncDisposable
{
    // To delete a million rows one by one would cost a good part of moving them, and leave their pages behind.
    private const string Empty = "truncate ledger_import_event";

    private readonly StagedStreams streams = new(database, run);
    private readonly ReplacedIds replaced = new(run.ReplacedIds);
    private long? through = run.ThroughStream;

    /// <summary>The next streams, of so many events together unless one has more; null when all are moved.</summary>
    public async Task<ImportChunk?> Next(int events, CancellationToken cancellationToken) =>
        await streams.Peek(events, cancellationToken) is { Count: > 0 } next ? new ImportChunk(next) : null;

    /// <summary>Moves a chunk in one transaction, and tells how long that held the head; gives it up where it would take too long.</summary>
    public async Task<ChunkOutcome> Move(ImportChunk chunk, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await Claim(chunk, cancellationToken) is not var (head, moment))
        {
            return new ChunkOutcome.Superseded();
        }

        // What cannot be divided is bounded by its number of events; and two fifths are left for the commit, which a busy disk holds up.
        var began = Stopwatch.GetTimestamp();
        var writer = new ChunkWriter(connection, run, replaced, chunk.IsDivisible ? options.LongestHold * 0.6 : null);
        if (!await IsAsChecked(chunk, moment, cancellationToken))
        {
            return new ChunkOutcome.Changed();
        }

        if (!await writer.Write(chunk, head, moment, cancellationToken))
        {
            return new ChunkOutcome.GivenUp();
        }

        var isAwaited = await Note(chunk, head, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        through = chunk.Through;
        streams.Drop(chunk.Streams.Count);
        return new ChunkOutcome.Moved(head + chunk.Events, Stopwatch.GetElapsedTime(began), isAwaited);
    }

    public ValueTask DisposeAsync() => streams.DisposeAsync();

    /// <summary>Ends the import, and deletes its events and texts here. The key of one that was refused is free again.</summary>
    public async Task Finish(ImportState state, string? reason, CancellationToken cancellationToken)
    {
        if (!await TryFinish(Empty, state, reason, cancellationToken))
        {
            await TryFinish("delete from ledger_import_event where import = $1", state, reason, cancellationToken);
        }
    }

    private async Task<bool> TryFinish(string clear, ImportState state, string? reason, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var finish = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(clear),
                new("""
                    update ledger_import set state = $2, reason = $3, finished_at = clock_timestamp(),
                        key = case when $2 <> 'refused' then key end, secret = case when $2 <> 'refused' then secret end,
                        request_hmac = case when $2 <> 'refused' then request_hmac end
                    where id = $1 and state = 'running'
                    """),
            },
            Timeout = 0,
        };
        if (clear != Empty)
        {
            Add(finish.BatchCommands[0].Parameters, run.Id);
        }

        Add(finish.BatchCommands[1].Parameters, run.Id);
        Add(finish.BatchCommands[1].Parameters, state.ToString().ToLowerInvariant());
        finish.BatchCommands[1].Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)reason ?? DBNull.Value });
        try
        {
            if (clear == Empty && !await IsAlone(cancellationToken))
            {
                return false;
            }

            await finish.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (clear == Empty && exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    // Locks out whoever stages another file, unless one is at it.
    private async Task<bool> IsAlone(CancellationToken cancellationToken)
    {
        await connection.Execute("lock table ledger_import_event in access exclusive mode nowait", cancellationToken);
        await using var others = new NpgsqlCommand(
            "select exists (select from ledger_import_event where import < $1) or exists (select from ledger_import_event where import > $1)", connection);
        Add(others.Parameters, run.Id);
        return await others.ExecuteScalarAsync(cancellationToken) is false;
    }

    // The head first, as everyone who appends does: an erasure, too, forgets an import's request while it holds the head. A statement of its own,
    // so that what follows sees all that was committed before. Of two runs that would move an import from one place the second finds it moved.
    private async Task<(long Head, DateTime Moment)?> Claim(ImportChunk chunk, CancellationToken cancellationToken)
    {
        await using var claim = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    update ledger_head h set position = h.position + $1, recorded_at = greatest(clock_timestamp(), h.recorded_at + interval '1 microsecond')
                    where only_row returning h.position - $1, h.recorded_at
                    """),
                new("update ledger_import set through_stream = $2, moved = moved + $3 where id = $1 and through_stream is not distinct from $4 and state = 'running'"),
            },
        };
        Add(claim.BatchCommands[0].Parameters, chunk.Events);
        Add(claim.BatchCommands[1].Parameters, run.Id);
        Add(claim.BatchCommands[1].Parameters, chunk.Through);
        Add(claim.BatchCommands[1].Parameters, chunk.Events);
        claim.BatchCommands[1].Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = (object?)through ?? DBNull.Value });
        await using var reader = await claim.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (head, moment) = (reader.GetInt64(0), reader.GetDateTime(1));
        await reader.NextResultAsync(cancellationToken);
        return claim.BatchCommands[1].RecordsAffected == 0 ? null : (head, moment);
    }

    // Whether nobody changed, before the first event goes in, what decisions rest on, nor a stream that existed; those are taken on to their new versions.
    private async Task<bool> IsAsChecked(ImportChunk chunk, DateTime moment, CancellationToken cancellationToken)
    {
        if (run.Position is null && through is null && run.Basis is var (basis, version))
        {
            await using var read = new NpgsqlCommand("select coalesce((select version from mt_streams where id = $1), 0) = $2", connection);
            Add(read.Parameters, basis);
            Add(read.Parameters, version);
            if (await read.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return false;
            }
        }

        if (!chunk.IsOfExisting)
        {
            return true;
        }

        await using var update = new NpgsqlCommand(
            """
            update mt_streams s set version = moved.last, timestamp = $4
            from unnest($1, $2, $3) as moved (id, first, last)
            where s.id = moved.id and s.version = moved.first - 1 and s.type = $5
            """,
            connection);
        update.Parameters.AddArray(NpgsqlDbType.Uuid, chunk.Streams.Select(stream => stream.Id).ToArray());
        update.Parameters.AddArray(NpgsqlDbType.Bigint, chunk.Streams.Select(stream => stream.First).ToArray());
        update.Parameters.AddArray(NpgsqlDbType.Bigint, chunk.Streams.Select(stream => stream.Last).ToArray());
        update.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = moment, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        Add(update.Parameters, run.StreamType);
        return await update.ExecuteNonQueryAsync(cancellationToken) == chunk.Streams.Count;
    }

    // Tells whether someone waits for this transaction, that is for the head.
    private async Task<bool> Note(ImportChunk chunk, long head, CancellationToken cancellationToken)
    {
        await using var note = new NpgsqlCommand(
            """
            update ledger_import set first_position = coalesce(first_position, $2 + 1), position = $2 + $3 where id = $1
            returning exists (select from pg_locks where locktype = 'transactionid' and transactionid = pg_current_xact_id()::xid and not granted)
            """,
            connection);
        Add(note.Parameters, run.Id);
        Add(note.Parameters, head);
        Add(note.Parameters, chunk.Events);
        return await note.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static void Add<T>(NpgsqlParameterCollection parameters, T value) => parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
