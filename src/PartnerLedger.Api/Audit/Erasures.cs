using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit;

/// <summary>
/// The list of all erasures, kept beside the signing key and outside the database: a backup that is restored brings back what was erased
/// after it was taken, and the list takes it out again.
/// </summary>
internal sealed partial class Erasures(NpgsqlDataSource database, NoteStore notes, People people, IConfiguration configuration, ILogger<Erasures> logger)
{
    private const string FileName = "erasures.ndjson";

    private readonly SemaphoreSlim oneWriter = new(1);

    /// <summary>Adds an erasure to the list; it is on the disk when this returns.</summary>
    public async Task Keep(Erased erased, CancellationToken cancellationToken)
    {
        await oneWriter.WaitAsync(cancellationToken);
        try
        {
            PrivateFile.Append(await Path(cancellationToken), [.. JsonSerializer.SerializeToUtf8Bytes(erased, Json.Options), (byte)'\n']);
        }
        finally
        {
            oneWriter.Release();
        }
    }

    /// <summary>Takes out again whatever of the lists is in the database: a backup may be older than the log whose list is the last.</summary>
    public async Task Replay(CancellationToken cancellationToken)
    {
        var folder = AuditFolder.AllIn(DataDirectory.Of(configuration));
        var lines = Directory.Exists(folder) ? Directory.GetFiles(folder, FileName, SearchOption.AllDirectories).SelectMany(File.ReadLines) : [];
        var came = 0L;
        foreach (var erased in lines.Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<Erased>(line, Json.Options)!))
        {
            came += erased.Person is { } person ? (await people.Erase(person, cancellationToken) ? 1 : 0) : await EraseTexts(erased, cancellationToken);
        }

        if (came > 0)
        {
            CameBack(logger, came);
        }
    }

    private async Task<long> EraseTexts(Erased erased, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select ledger_erase($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = erased.Partnership!.Value });
        command.Parameters.AddArray(NpgsqlDbType.Bigint, [.. erased.Versions!]);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<string> Path(CancellationToken cancellationToken) =>
        AuditFolder.FileOf(DataDirectory.Of(configuration), await notes.Origin(cancellationToken), FileName);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} texts and people had come back with a restored backup, and were erased again")]
    private static partial void CameBack(ILogger logger, long count);
}
