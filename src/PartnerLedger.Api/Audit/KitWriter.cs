using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Npgsql;
using PartnerLedger.Api.Http;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>Writes an audit kit as a zip, part by part, however long the ledger is.</summary>
internal sealed class KitWriter(NpgsqlDataSource database, EventStore store, TreeStore trees)
{
    private const int EventsAPage = 2_000;

    /// <summary>The kit of the whole ledger up to a note.</summary>
    public async Task WriteLedger(Stream output, string note, NoteVerifier key, CancellationToken cancellationToken)
    {
        await using var archive = await Begin(output, note, key, cancellationToken);
        var size = NoteStore.HeadOf(note).Size;
        await using (var events = await Add(archive, "events.ndjson", cancellationToken))
        {
            for (var after = 0L; after < size;)
            {
                var page = await store.ReadAll(after, (int)Math.Min(EventsAPage, size - after), cancellationToken);
                await WriteLines(events, page, cancellationToken);

                // Where events are missing, the kit says so to whoever verifies it.
                after = page.Count > 0 ? page[^1].Position : size;
            }
        }

        await using (var leaves = await Add(archive, "leaves", cancellationToken))
        {
            await Read("select hash from ledger_leaf where position <= $1 order by position", size, reader => leaves.WriteAsync(reader.GetNullable<byte[]>(0), cancellationToken), cancellationToken);
        }

        await WriteTexts(archive, "position <= $1", size, cancellationToken);
    }

    /// <summary>The kit of one partnership, whose events are given: each with a proof that it is in the ledger up to a note.</summary>
    public async Task WritePartnership(Stream output, string note, NoteVerifier key, IReadOnlyList<RecordedEvent> history, CancellationToken cancellationToken)
    {
        await using var archive = await Begin(output, note, key, cancellationToken);
        await using (var events = await Add(archive, "events.ndjson", cancellationToken))
        {
            await WriteLines(events, history, cancellationToken);
        }

        var size = NoteStore.HeadOf(note).Size;
        foreach (var position in history.Select(recorded => recorded.Position))
        {
            var path = await trees.Hashes(InclusionProof.Path(position - 1, size), cancellationToken);
            await AddText(archive, $"proofs/{position}.tlog-proof", new TransparencyProof(position - 1, path, note).ToString(), cancellationToken);
        }

        await WriteTexts(archive, "position = any ($1)", history.Select(recorded => recorded.Position).ToArray(), cancellationToken);
    }

    private static async Task<ZipArchive> Begin(Stream output, string note, NoteVerifier key, CancellationToken cancellationToken)
    {
        var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        foreach (var name in (string[])["README.md", "verify.py"])
        {
            await using var file = typeof(KitWriter).Assembly.GetManifestResourceStream($"kit/{name}")!;
            await using var entry = await Add(archive, name, cancellationToken);
            await file.CopyToAsync(entry, cancellationToken);
        }

        await AddText(archive, "checkpoint", note, cancellationToken);
        await AddText(archive, "key.pem", key.Pem, cancellationToken);
        await AddText(archive, "key.vkey", $"{key}\n", cancellationToken);
        return archive;
    }

    private static async Task WriteLines(Stream output, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        var lines = new ArrayBufferWriter<byte>(1 << 16);
        foreach (var recorded in events)
        {
            EventLine.Write(recorded, lines);
            lines.Write("\n"u8);
        }

        await output.WriteAsync(lines.WrittenMemory, cancellationToken);
    }

    private async Task WriteTexts<T>(ZipArchive archive, string which, T parameter, CancellationToken cancellationToken)
        where T : notnull
    {
        await using var texts = await Add(archive, "texts.ndjson", cancellationToken);
        await Read(
            $"select position, member, salt, text from ledger_text where {which} order by position, member collate \"C\"",
            parameter,
            reader => texts.WriteAsync(
                (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(
                    new Text(reader.GetInt64(0), reader.GetString(1), Convert.ToHexStringLower(reader.GetNullable<byte[]>(2)!), reader.GetString(3)), Json.Options), (byte)'\n'],
                cancellationToken),
            cancellationToken);
    }

    private async Task Read<T>(string sql, T parameter, Func<NpgsqlDataReader, ValueTask> each, CancellationToken cancellationToken)
        where T : notnull
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = parameter });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            await each(reader);
        }
    }

    private static Task<Stream> Add(ZipArchive archive, string name, CancellationToken cancellationToken) =>
        archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);

    private static async Task AddText(ZipArchive archive, string name, string text, CancellationToken cancellationToken)
    {
        await using var entry = await Add(archive, name, cancellationToken);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private sealed record Text(long Position, string Member, string Salt, [property: System.Text.Json.Serialization.JsonPropertyName("text")] string Words);
}
