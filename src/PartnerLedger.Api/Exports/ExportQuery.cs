using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Exports;

/// <summary>Reads all partnerships of the ledger up to a position, one after the other, without ever holding them all.</summary>
internal sealed class ExportQuery(NpgsqlDataSource database)
{
    // Streams were given their ids in the order in which they began.
    private const string Sql = $"""
        select {EventStore.EventColumns}, (select jsonb_object_agg(t.member, t.text)::text from ledger_text t where t.position = e.seq_id)
        from mt_streams s join mt_events e on e.stream_id = s.id
        where s.type = $1 and e.seq_id <= $2 order by e.stream_id, e.version
        """;

    public async IAsyncEnumerable<ExportedHistory> Read(long toPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = PartnershipStream.Type.Name },
                new NpgsqlParameter<long> { TypedValue = toPosition },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<ExportedEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var recorded = EventStore.ReadEvent(reader);
            if (events.Count > 0 && events[0].Recorded.StreamId != recorded.StreamId)
            {
                yield return new ExportedHistory(events[0].Recorded.StreamId, events);
                events = [];
            }

            var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetNullable<string>(11) ?? "{}")!;
            events.Add(new ExportedEvent(recorded, texts));
        }

        if (events.Count > 0)
        {
            yield return new ExportedHistory(events[0].Recorded.StreamId, events);
        }
    }

    /// <summary>What informants are called; whoever was erased is called by the id that stands for them, so that they stay distinct.</summary>
    public async Task<Func<Guid, string>> Informants(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select id, subject from ledger_person where kind = 'informant'");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var words = new Dictionary<Guid, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            words.Add(reader.GetGuid(0), reader.GetString(1));
        }

        return id => words.GetValueOrDefault(id) ?? $"erased-{id}";
    }
}
