using System.Text.Json;
using Npgsql;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Domain;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit;

/// <summary>
/// The list of all erasures, kept beside the signing key and outside the database: a backup that is restored brings back what was erased
/// after it was taken, and the list takes it out again. It names events by their ids, which no other history has.
/// </summary>
internal sealed partial class Erasures(
    NpgsqlDataSource database, NoteStore notes, People people, RepeatedErasures repeated, Standing standing, IConfiguration configuration, ILogger<Erasures> logger)
{
    private const string FileName = "erasures.ndjson";
    private const long ListLock = 0x504C_4552_4153_5552;

    // The erasures in the ledger, each with the ids of the events whose texts it took: those of its versions, and their corrections up to then.
    private const string RecordedSql = """
        select e.stream_id, coalesce(e.data #>> '{earlier,id}', e.id::text)::uuid, e.user_name, e.timestamp, e.data ->> 'earlier',
            array(
                select o.id from mt_events o
                where o.stream_id = e.stream_id and o.version < e.version
                  and (o.version in (select v::bigint from jsonb_array_elements_text(e.data -> 'versions') v)
                       or (o.type in ('event_corrected', 'event_withdrawn') and o.data -> 'version' in (select v from jsonb_array_elements(e.data -> 'versions') v)))
                order by o.version)
        from ledger_erasure r join mt_events e on e.seq_id = r.position
        order by r.position
        """;

    /// <summary>Adds a person to the list; it is on the disk when this returns.</summary>
    public Task Keep(Guid person, CancellationToken cancellationToken) =>
        Write(_ => Task.FromResult<IReadOnlyList<Erased>>([new(Stream: null, Events: null, Erasure: null, person)]), cancellationToken);

    /// <summary>Adds what the ledger has recorded of erased texts and the list does not have.</summary>
    public Task Keep(CancellationToken cancellationToken) => Write(connection => Missing(connection, cancellationToken), cancellationToken);

    /// <summary>
    /// Takes out again whatever of the lists is in the database, for a backup may be older than the log whose list is the last; and where
    /// the database may be written to, records again the erasures that it has lost.
    /// </summary>
    public async Task Replay(CancellationToken cancellationToken)
    {
        await Keep(cancellationToken);
        var (texts, persons, events) = (0L, 0, 0);
        foreach (var erased in Listed())
        {
            if (erased.Person is { } person)
            {
                persons += await people.Erase(person, cancellationToken) ? 1 : 0;
            }
            else
            {
                texts += await repeated.EraseTexts(erased, cancellationToken);
                events += standing.Refusal is null && await repeated.Record(erased, cancellationToken) ? 1 : 0;
            }
        }

        if (texts + persons + events > 0)
        {
            CameBack(logger, texts, persons, events);
        }
    }

    // Nodes share the list: one writes at a time, and what no other has written.
    private async Task Write(Func<NpgsqlConnection, Task<IReadOnlyList<Erased>>> which, CancellationToken cancellationToken)
    {
        var path = AuditFolder.FileOf(DataDirectory.Of(configuration), await notes.Origin(cancellationToken), FileName);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.Execute($"select pg_advisory_xact_lock({ListLock})", cancellationToken);
        foreach (var erased in await which(connection))
        {
            // Begun on a line of its own, whatever became of the one before when a machine failed.
            PrivateFile.Append(path, [(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(erased, Json.Options), (byte)'\n']);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Erased>> Missing(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var listed = Listed().Where(erased => erased.Erasure is not null).Select(erased => erased.Erasure!.Id).ToHashSet();
        await using var command = new NpgsqlCommand(RecordedSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var missing = new List<Erased>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (listed.Add(reader.GetGuid(1)))
            {
                missing.Add(Read(reader));
            }
        }

        return missing;
    }

    private static Erased Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetFieldValue<Guid[]>(5),
        reader.GetNullable<string>(4) is { } earlier
            ? JsonSerializer.Deserialize<EarlierErasure>(earlier, Json.Options)
            : new()
            {
                Id = reader.GetGuid(1),
                By = Guid.TryParse(reader.GetNullable<string>(2), out var by) ? by : null,
                At = new Moment(reader.GetDateTime(3)).ToString(),
            },
        Person: null);

    private List<Erased> Listed()
    {
        var folder = AuditFolder.AllIn(DataDirectory.Of(configuration));
        var listed = new List<Erased>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, FileName, SearchOption.AllDirectories) : [])
        {
            foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
            {
                try
                {
                    listed.Add(JsonSerializer.Deserialize<Erased>(line, Json.Options)!);
                }
                catch (JsonException exception)
                {
                    Unreadable(logger, exception, file);
                }
            }
        }

        return listed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "A restored backup had brought back {Texts} texts and {Persons} people that were erased again, and had lost {Events} erasures that were recorded again")]
    private static partial void CameBack(ILogger logger, long texts, int persons, int events);

    [LoggerMessage(Level = LogLevel.Error, Message = "A line of the list of erasures {File} cannot be read: what it says is not erased again")]
    private static partial void Unreadable(ILogger logger, Exception exception, string file);
}
