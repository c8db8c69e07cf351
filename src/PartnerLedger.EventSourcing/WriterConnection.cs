using System.Data;
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

    /// <summary>A session of the server: a process number is used again, so its start belongs to it.</summary>
    public readonly record struct ServerSession(int ProcessId, DateTime StartedAt);

    /// <summary>The session of the connection that is open, or was open last.</summary>
    public ServerSession Session { get; private set; }

    public bool IsOpen => connection?.FullState.HasFlag(ConnectionState.Open) is true;

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
            Session = await Check(opened, cancellationToken);
            append = new NpgsqlCommand(AppendArrays.Sql, opened);
            connection = opened;
        }
        catch
        {
            await Close(opened);
            throw;
        }
    }

    /// <summary>Closes a connection that may be broken; the next call of <see cref="Open"/> makes a new one.</summary>
    public async Task Reset()
    {
        if (connection is { } broken)
        {
            connection = null;
            await append!.DisposeAsync();
            await Close(broken);
        }
    }

    /// <summary>Appends these requests in one commit, or none of them; gives back the position before them, and when they were recorded.</summary>
    public async Task<(long Position, DateTime RecordedAt)> Append(IReadOnlyList<AppendRequest> requests, CancellationToken cancellationToken)
    {
        AppendArrays.Bind(append!.Parameters, requests);
        if (!append.IsPrepared)
        {
            await append.PrepareAsync(cancellationToken);
        }

        await using var reader = await append.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var appended = (reader.GetInt64(0), reader.GetDateTime(1));

        // To the end: what fails at the commit is told behind the row.
        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        return appended;
    }

    /// <summary>Which of these requests cannot be appended as they were decided: their key or their informant is known, or what they rest on is at another version.</summary>
    public async Task<bool[]> FindHindering(IReadOnlyList<AppendRequest> requests, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select array_agg(
                exists (select from ledger_key k where k.owner = w.owner and k.key = w.key)
                or w.version <> coalesce((select s.version from mt_streams s where s.id = w.stream_id), 0)
                or exists (select from ledger_person p where p.kind = 'informant' and p.issuer = '' and p.subject = w.informant)
                or (w.basis_id is not null and w.basis_version <> coalesce((select b.version from mt_streams b where b.id = w.basis_id), 0))
                order by w.n)
            from unnest($1, $2, $3, $4, $5, $6, $7) with ordinality as w (stream_id, version, basis_id, basis_version, owner, key, informant, n)
            """,
            connection);
        // Those behind another of the same stream rest on it, not on what is stored.
        var versions = new Dictionary<StreamName, long>();
        command.Parameters.AddArray(NpgsqlDbType.Uuid, requests.Select(r => r.Stream.Id).ToArray());
        command.Parameters.AddArray(
            NpgsqlDbType.Bigint, requests.Select(r => versions.TryAdd(r.Stream, r.ExpectedVersion) ? r.ExpectedVersion : versions[r.Stream]).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Uuid, requests.Select(r => r.BasisId).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Bigint, requests.Select(r => r.BasisVersion).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Uuid, requests.Select(r => r.Metadata.Actor).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Text, requests.Select(r => r.Key?.Key).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Text, requests.Select(r => r.NewInformant?.Word).ToArray());
        return (bool[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The events of these streams after a version of each, in order; a stream of another type than wanted counts as none.</summary>
    public async Task<List<RecordedEvent>> ReadStreams(IReadOnlyCollection<(StreamName Name, long After)> streams, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {EventStore.EventColumns}
            from unnest($1, $2, $3) as w (type, id, after)
            join mt_streams s on s.id = w.id and s.type = w.type
            join mt_events e on e.stream_id = s.id and e.version > w.after
            order by e.stream_id, e.version
            """,
            connection);
        command.Parameters.AddArray(NpgsqlDbType.Text, streams.Select(s => s.Name.Type).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Uuid, streams.Select(s => s.Name.Id).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Bigint, streams.Select(s => s.After).ToArray());
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

    /// <summary>Which of these informants' words the ledger knows.</summary>
    public async Task<HashSet<string>> ReadInformants(IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select p.subject from ledger_person p join unnest($1) as w (word) on p.kind = 'informant' and p.issuer = '' and p.subject = w.word", connection);
        command.Parameters.AddArray(NpgsqlDbType.Text, words.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    /// <summary>
    /// Returns once a broken session has ended on the server, so that neither a commit under way nor a statement it has yet
    /// to read can take effect after a look.
    /// </summary>
    public async Task End(ServerSession broken, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity where pid = $1 and backend_start = $2", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = broken.ProcessId },
                new NpgsqlParameter<DateTime> { TypedValue = broken.StartedAt, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        if (await command.ExecuteScalarAsync(cancellationToken) is false)
        {
            throw new TimeoutException($"Session {broken.ProcessId} of the server, whose connection broke, does not end.");
        }
    }

    /// <summary>Which of these streams' events exist, as version and position by event id.</summary>
    public async Task<Dictionary<Guid, (long Version, long Position)>> FindEvents(Guid[] streams, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select id, version, seq_id from mt_events where stream_id = any ($1) and id = any ($2)", connection);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, streams);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, ids);
        var found = new Dictionary<Guid, (long, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found[reader.GetGuid(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        }

        return found;
    }

    public async ValueTask DisposeAsync() => await Reset();

    // This connection only ever looks up rows by key: no table is worth reading whole, whatever the statistics say of its size,
    // and one plan serves few keys and many.
    private static async Task<ServerSession> Check(NpgsqlConnection opened, CancellationToken cancellationToken)
    {
        await using var check = new NpgsqlCommand(
            $"""
            select pg_try_advisory_lock_shared({ServingLock}),
                   (select position from ledger_head) = coalesce((select max(seq_id) from mt_events), 0),
                   (select backend_start from pg_stat_activity where pid = pg_backend_pid()),
                   set_config('enable_seqscan', 'off', false), set_config('enable_hashjoin', 'off', false), set_config('enable_mergejoin', 'off', false),
                   set_config('plan_cache_mode', 'force_generic_plan', false)
            """,
            opened);
        await using var reader = await check.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (!reader.GetBoolean(0))
        {
            throw new LedgerUnavailableException(UnavailableReason.Unreachable, "The ledger is being handed over to another writer.");
        }

        if (!reader.GetBoolean(1))
        {
            throw new LedgerUnavailableException(
                UnavailableReason.Unreachable,
                "The last event is not where the ledger's head says: another writer has continued this ledger after it was handed over, or it was restored in part.");
        }

        return new(opened.ProcessID, reader.GetDateTime(2));
    }

    // Its lock and its setting must not come back from the pool; what else is in there has seen the same fault.
    private async Task Close(NpgsqlConnection connection)
    {
        database.Clear();
        await connection.DisposeAsync();
    }
}
