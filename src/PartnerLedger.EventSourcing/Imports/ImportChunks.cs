using System.Data;
using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>The transactions by which one import is moved. A stream is moved whole, so none of the import's own can be changed in between.</summary>
internal sealed class ImportChunks(NpgsqlConnection connection, ImportRun run, ImportOptions options)
{
    // Streams that existed before the file, whose numbers go up to 0, come first and together: they are found unchanged, or nothing goes in.
    private const long Before = long.MinValue;

    // To delete a million rows one by one would cost a good part of moving them, and leave their pages behind.
    private const string Empty = "truncate ledger_import_event";

    private long? through = run.ThroughStream;

    /// <summary>The next streams, of so many events together unless one has more; null when all are moved.</summary>
    public async Task<ImportChunk?> Next(int events, CancellationToken cancellationToken)
    {
        if (through is null && await Count(Before, 0, cancellationToken) is > 0 and var existing)
        {
            return new ImportChunk(Before, 0, existing, IsDivisible: false);
        }

        var after = through ?? 0;
        var (count, last, ofLast) = await Ahead(after, events, cancellationToken);
        return count == 0 ? null
            : count < events ? new ImportChunk(after, last, count, IsDivisible: last > after + 1)
            // Of the last stream there may be more: it is left to the next chunk, unless it is the only one.
            : last > after + 1 ? new ImportChunk(after, last - 1, count - ofLast, IsDivisible: last > after + 2)
            : new ImportChunk(after, last, await Count(after, last, cancellationToken), IsDivisible: false);
    }

    /// <summary>Moves a chunk in one transaction, and tells how long that held the head; gives it up where it would take too long.</summary>
    public async Task<ChunkOutcome> Move(ImportChunk chunk, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await Claim(chunk, cancellationToken) is not var (head, moment))
        {
            return new ChunkOutcome.Superseded();
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            await Append(chunk, head, moment, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.QueryCanceled && chunk.IsDivisible)
        {
            return new ChunkOutcome.GivenUp();
        }

        await transaction.CommitAsync(cancellationToken);
        through = chunk.Through;
        return new ChunkOutcome.Moved(head + chunk.Events, Stopwatch.GetElapsedTime(began));
    }

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

    // Two runs cannot both move an import from one place: the second waits for the first one's commit, and finds it moved. The head is
    // locked last, by a statement of its own, so that what follows sees all that was committed before, and as shortly as can be.
    private async Task<(long Head, DateTime Moment)?> Claim(ImportChunk chunk, CancellationToken cancellationToken)
    {
        await using var claim = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("update ledger_import set through_stream = $2, moved = moved + $3 where id = $1 and through_stream is not distinct from $4 and state = 'running'"),
                new("""
                    update ledger_head h set position = h.position + $1, recorded_at = greatest(clock_timestamp(), h.recorded_at + interval '1 microsecond')
                    where only_row returning h.position - $1, h.recorded_at
                    """),
            },
        };
        Add(claim.BatchCommands[0].Parameters, run.Id);
        Add(claim.BatchCommands[0].Parameters, chunk.Through);
        Add(claim.BatchCommands[0].Parameters, chunk.Events);
        claim.BatchCommands[0].Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = (object?)through ?? DBNull.Value });
        Add(claim.BatchCommands[1].Parameters, chunk.Events);
        await using var reader = await claim.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return claim.BatchCommands[0].RecordsAffected == 0 ? null : (reader.GetInt64(0), reader.GetDateTime(1));
    }

    private async Task Append(ImportChunk chunk, long head, DateTime moment, CancellationToken cancellationToken)
    {
        // What cannot be divided is bounded by its number of events; and a quarter is left for the commit.
        var patience = chunk.IsDivisible ? (int)(options.LongestHold.TotalMilliseconds * 0.75) : 0;
        await using var append = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"set local statement_timeout = {patience}"),
                new("select append_import($1, $2, $3, $4, $5)"),
                new("update ledger_import set first_position = coalesce(first_position, $2 + 1), position = $2 + $3 where id = $1"),
            },
        };
        var parameters = append.BatchCommands[1].Parameters;
        Add(parameters, run.Id);
        Add(parameters, chunk.After);
        Add(parameters, chunk.Through);
        Add(parameters, head);
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = moment, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        Add(append.BatchCommands[2].Parameters, run.Id);
        Add(append.BatchCommands[2].Parameters, head);
        Add(append.BatchCommands[2].Parameters, chunk.Events);
        await append.ExecuteNonQueryAsync(cancellationToken);
    }

    // So many events, or as many as there are: the last one's stream, and how many are of that.
    private async Task<(long Count, long Last, long OfLast)> Ahead(long after, int events, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with ahead as materialized (
                select stream from ledger_import_event where import = $1 and stream > $2 order by stream, version limit $3
            )
            select count(*), coalesce(max(stream), 0), count(*) filter (where stream = (select max(stream) from ahead)) from ahead
            """,
            connection);
        Add(command.Parameters, run.Id);
        Add(command.Parameters, after);
        Add(command.Parameters, (long)events);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    private async Task<long> Count(long after, long last, CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand(
            "select count(*) from ledger_import_event where import = $1 and stream > $2 and stream <= $3", connection);
        Add(count.Parameters, run.Id);
        Add(count.Parameters, after);
        Add(count.Parameters, last);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private static void Add<T>(NpgsqlParameterCollection parameters, T value) => parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
