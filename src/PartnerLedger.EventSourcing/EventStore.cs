using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing;

/// <summary>Reads of the ledger: one stream, all events in order, texts, and moments resolved to positions.</summary>
public sealed class EventStore(NpgsqlDataSource database)
{
    /// <summary>The columns that <see cref="ReadEvent"/> reads, of mt_events as e and mt_streams as s.</summary>
    public const string EventColumns =
        "e.seq_id, e.version, e.id, e.stream_id, s.type, e.type, e.data::text, e.timestamp, e.user_name, e.correlation_id, e.causation_id";

    private const string ReadStreamSql = $"""
        select {EventColumns} from mt_events e join mt_streams s on s.id = e.stream_id
        where e.stream_id = $1 and e.version <= $2 and e.seq_id <= $3 order by e.version
        """;

    private const string ReadStreamsSql = $"""
        select {EventColumns} from mt_streams s join mt_events e on e.stream_id = s.id
        where s.type = $1 and s.id between $2 and $3 order by e.stream_id, e.version
        """;

    // Read in order by the index, as far as the limit goes: a plain join is planned for a few rows, however many positions there are, and
    // then reads and sorts all of them for each batch.
    internal const string EventsInOrder = "mt_events e join lateral (select type from mt_streams where id = e.stream_id limit 1) s on true";

    private const string ReadAllSql = $"""
        select {EventColumns} from {EventsInOrder}
        where e.seq_id > $1 and e.seq_id <= $2 order by e.seq_id limit $3
        """;

    /// <summary>The stream's events in order, up to a version and a position; empty where there is no such stream.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> ReadStream(
        Guid streamId, CancellationToken cancellationToken, long toVersion = long.MaxValue, long toPosition = long.MaxValue)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ReadStreamSql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = streamId },
                new NpgsqlParameter<long> { TypedValue = toVersion },
                new NpgsqlParameter<long> { TypedValue = toPosition },
            },
        };
        return await ReadEvents(command, cancellationToken);
    }

    /// <summary>The events of all streams of one type whose ids lie between two, stream by stream, each in order.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> ReadStreams(string type, Guid firstId, Guid lastId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ReadStreamsSql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = type },
                new NpgsqlParameter<Guid> { TypedValue = firstId },
                new NpgsqlParameter<Guid> { TypedValue = lastId },
            },
        };
        return await ReadEvents(command, cancellationToken);
    }

    internal static async Task<List<RecordedEvent>> ReadStream(
        NpgsqlConnection connection, Guid streamId, long fromPosition, long toPosition, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {EventColumns} from mt_events e join mt_streams s on s.id = e.stream_id
            where e.stream_id = $1 and e.seq_id between $2 and $3 order by e.version
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = streamId },
                new NpgsqlParameter<long> { TypedValue = fromPosition },
                new NpgsqlParameter<long> { TypedValue = toPosition },
            },
        };
        return await ReadEvents(command, cancellationToken);
    }

    /// <summary>The events after a position in ledger order, complete: positions have no gaps and follow commits.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAll(long after, int limit, CancellationToken cancellationToken, long toPosition = long.MaxValue)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAll(connection, after, toPosition, limit, cancellationToken);
    }

    internal static async Task<List<RecordedEvent>> ReadAll(
        NpgsqlConnection connection, long after, long toPosition, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ReadAllSql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = after },
                new NpgsqlParameter<long> { TypedValue = toPosition },
                new NpgsqlParameter<int> { TypedValue = limit },
            },
        };
        return await ReadEvents(command, cancellationToken);
    }

    /// <summary>The texts of these positions that are not erased, by position and member.</summary>
    public async Task<IReadOnlyDictionary<(long Position, string Member), string>> ReadTexts(long[] positions, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select position, member, text from ledger_text where position = any ($1)", connection);
        command.Parameters.AddArray(NpgsqlDbType.Bigint, positions);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var texts = new Dictionary<(long, string), string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add((reader.GetInt64(0), reader.GetString(1)), reader.GetString(2));
        }

        return texts;
    }

    /// <summary>The texts from one position to another that are not erased, with their salts.</summary>
    public async Task<ILookup<long, SaltedText>> ReadSaltedTexts(long from, long to, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select position, member, salt, text from ledger_text where position between $1 and $2", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = from }, new NpgsqlParameter<long> { TypedValue = to } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var texts = new List<SaltedText>();
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetNullable<byte[]>(2)!, reader.GetString(3)));
        }

        return texts.ToLookup(text => text.Position);
    }

    /// <summary>The last position recorded by a moment; 0 before the first event.</summary>
    public Task<long> PositionAt(DateTime momentUtc, CancellationToken cancellationToken) =>
        ReadLong("select ledger_position_at($1)", new NpgsqlParameter<DateTime> { TypedValue = momentUtc, NpgsqlDbType = NpgsqlDbType.TimestampTz }, cancellationToken);

    /// <summary>The position of the last event committed.</summary>
    public Task<long> ReadHead(CancellationToken cancellationToken) => ReadLong("select position from ledger_head", null, cancellationToken);

    internal static async Task<List<RecordedEvent>> ReadEvents(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadEvents(reader, cancellationToken);
    }

    internal static async Task<List<RecordedEvent>> ReadEvents(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var events = new List<RecordedEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Add(ReadEvent(reader));
        }

        return events;
    }

    /// <summary>The event at which a reader stands, from the first columns.</summary>
    public static RecordedEvent ReadEvent(NpgsqlDataReader reader) => new()
    {
        Position = reader.GetInt64(0),
        Version = reader.GetInt64(1),
        Id = reader.GetGuid(2),
        StreamId = reader.GetGuid(3),
        StreamType = reader.GetNullable<string>(4) ?? "",
        Type = reader.GetString(5),
        Data = reader.GetString(6),
        RecordedAt = reader.GetDateTime(7),
        Actor = reader.GetNullable<string>(8),
        CorrelationId = reader.GetNullable<string>(9),
        CausationId = reader.GetNullable<string>(10),
    };

    private async Task<long> ReadLong(string sql, NpgsqlParameter? parameter, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        if (parameter is not null)
        {
            command.Parameters.Add(parameter);
        }

        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
