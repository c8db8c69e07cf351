using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing;

/// <summary>The one connection a node writes through; it stays open, so that what it prepares stays prepared.</summary>
internal sealed class WriterConnection(NpgsqlDataSource database) : IAsyncDisposable
{
    /// <summary>Advisory lock that every serving node shares; whoever hands the ledger over must hold it alone.</summary>
    public const long ServingLock = 0x504C_5345_5256_494E;

    private NpgsqlConnection? connection;
    private NpgsqlCommand? append;

    /// <summary>Opens the connection if it is not open; refuses a ledger that another writer has continued.</summary>
    public async Task Open(CancellationToken cancellationToken)
    {
        if (connection is not null)
        {
            return;
        }

        var opened = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await opened.Execute($"select pg_advisory_lock_shared({ServingLock})", cancellationToken);
            await using var check = new NpgsqlCommand(
                "select (select position from ledger_head) = coalesce((select max(seq_id) from mt_events), 0)", opened);
            if (await check.ExecuteScalarAsync(cancellationToken) is not true)
            {
                throw new InvalidOperationException(
                    "The last event is not where the ledger's head says: another writer has continued this ledger after it was handed over, or it was restored in part.");
            }

            append = new NpgsqlCommand(AppendRequest.Sql, opened);
            connection = opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes a connection that may be broken; the next call of <see cref="Open"/> makes a new one.</summary>
    public async Task Reset()
    {
        if (connection is { } broken)
        {
            connection = null;
            NpgsqlConnection.ClearPool(broken);
            await append!.DisposeAsync();
            await broken.DisposeAsync();
        }
    }

    public async Task<AppendResult[]> Append(IReadOnlyList<AppendRequest> requests, CancellationToken cancellationToken)
    {
        AppendRequest.Bind(append!.Parameters, requests);
        if (!append.IsPrepared)
        {
            await append.PrepareAsync(cancellationToken);
        }

        await using var reader = await append.ExecuteReaderAsync(cancellationToken);
        var results = new AppendResult[requests.Count];
        while (await reader.ReadAsync(cancellationToken))
        {
            results[reader.GetInt32(0) - 1] = new(reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3));
        }

        return results;
    }

    /// <summary>All events of these streams, in order.</summary>
    public async Task<List<RecordedEvent>> ReadStreams(Guid[] streams, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EventStore.ReadStreamsSql, connection);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, streams);
        return await EventStore.ReadEvents(command, cancellationToken);
    }

    /// <summary>What is remembered under these owners' keys.</summary>
    public async Task<Dictionary<(Guid Owner, string Key), RememberedAnswer>> ReadKeys(
        IReadOnlyCollection<(Guid Owner, string Key)> keys, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select k.owner, k.key, k.stream_id, k.version, k.position, k.answer, k.secret, k.request_hmac
            from ledger_key k join unnest($1, $2) as w (owner, key) on k.owner = w.owner and k.key = w.key
            """,
            connection);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, keys.Select(k => k.Owner).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Text, keys.Select(k => k.Key).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<(Guid, string), RememberedAnswer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found[(reader.GetGuid(0), reader.GetString(1))] = new(
                reader.GetGuid(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetString(5),
                reader.GetNullable<byte[]>(6), reader.GetNullable<byte[]>(7));
        }

        return found;
    }

    /// <summary>
    /// Which of these streams' events exist, as version and position by event id. The head is locked first, so that a
    /// commit still under way on the server has ended before the look.
    /// </summary>
    public async Task<Dictionary<Guid, (long Version, long Position)>> FindEvents(Guid[] streams, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var transaction = await connection!.BeginTransactionAsync(cancellationToken);
        await connection!.Execute("select position from ledger_head for update", cancellationToken);
        await using var command = new NpgsqlCommand(
            "select id, version, seq_id from mt_events where stream_id = any ($1) and id = any ($2)", connection);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, streams);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, ids);
        var found = new Dictionary<Guid, (long, long)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                found[reader.GetGuid(0)] = (reader.GetInt64(1), reader.GetInt64(2));
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    public async ValueTask DisposeAsync() => await Reset();
}
