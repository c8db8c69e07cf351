using Npgsql;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>Looks imports up.</summary>
public sealed class ImportRuns(NpgsqlDataSource database)
{
    private const string Columns = """
        id, owner, correlation_id, causation_id, key, secret, request_hmac, stream_type, basis_id, basis_version, lines, streams, events,
        state, reason, moved, position, created_at, finished_at, through_stream
        """;

    public Task<ImportRun?> Find(Guid id, CancellationToken cancellationToken) =>
        First($"select {Columns} from ledger_import where id = $1", cancellationToken, new NpgsqlParameter<Guid> { TypedValue = id });

    public Task<ImportRun?> Find(Guid owner, string key, CancellationToken cancellationToken) =>
        First($"select {Columns} from ledger_import where owner = $1 and key = $2", cancellationToken,
            new NpgsqlParameter<Guid> { TypedValue = owner }, new NpgsqlParameter<string> { TypedValue = key });

    /// <summary>The oldest one that is to go on.</summary>
    internal Task<ImportRun?> FindRunning(CancellationToken cancellationToken) =>
        First($"select {Columns}, given_people, known_people from ledger_import where state = 'running' order by created_at, id limit 1", cancellationToken);

    private async Task<ImportRun?> First(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    private static ImportRun Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Metadata = new(reader.GetGuid(1), reader.GetNullable<string>(2), reader.GetNullable<string>(3)),
        Key = reader.GetNullable<string>(4) is { } key && reader.GetNullable<byte[]>(5) is { } secret && reader.GetNullable<byte[]>(6) is { } hmac
            ? new(key, secret, hmac)
            : null,
        StreamType = reader.GetString(7),
        Basis = reader.IsDBNull(8) ? null : (reader.GetGuid(8), reader.GetInt64(9)),
        Lines = reader.GetInt64(10),
        Streams = reader.GetInt64(11),
        Events = reader.GetInt64(12),
        State = Enum.Parse<ImportState>(reader.GetString(13), ignoreCase: true),
        Reason = reader.GetNullable<string>(14),
        Moved = reader.GetInt64(15),
        Position = reader.IsDBNull(16) ? null : reader.GetInt64(16),
        CreatedAt = reader.GetDateTime(17),
        FinishedAt = reader.IsDBNull(18) ? null : reader.GetDateTime(18),
        ThroughStream = reader.IsDBNull(19) ? null : reader.GetInt64(19),
        ReplacedIds = reader.FieldCount == 20 ? [] : reader.GetFieldValue<Guid[]>(20).Zip(reader.GetFieldValue<Guid[]>(21)).ToDictionary(pair => pair.First, pair => pair.Second),
    };
}
