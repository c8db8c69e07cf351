using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>Applies the events after a checkpoint, batch by batch, each batch and its checkpoint in one transaction.</summary>
internal sealed class ProjectionBatches(Projection projection, string checkpoint, string schema, ILogger logger, RecentEvents? recent = null)
{
    private readonly ProjectionRun run = projection.Start();

    // Where the last batch ended: mostly the next one begins there.
    private long last = -1;

    /// <summary>
    /// Applies at most <paramref name="limit"/> events, and none after <paramref name="toPosition"/>; gives back the position up to which
    /// the tables are then, or null if they are another version's. On any exception this course ends, and another takes over.
    /// </summary>
    public async Task<long?> ApplyNext(NpgsqlConnection connection, long toPosition, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (position, isCurrent, events) = await Read(connection, toPosition, limit, cancellationToken);
            if (!isCurrent)
            {
                return null;
            }

            last = position;
            if (events.Count == 0)
            {
                return position;
            }

            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            switch (await Apply(connection, events[0].Position - 1, events[^1].Position, events, cancellationToken))
            {
                case Application.Done:
                    await transaction.CommitAsync(cancellationToken);
                    run.Keep();
                    return last = events[^1].Position;
                case Application.NotCurrent:
                    return null;
                case Application.Moved:
                    // Another node was first: go on where it stopped.
                    break;
            }
        }
    }

    /// <summary>Moves the checkpoint and applies events, within an open transaction that is to be given up unless this is done.</summary>
    public async Task<Application> Apply(
        NpgsqlConnection connection, long from, long to, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        // Two runs cannot both move it from one position: the second waits for the first one's commit, and finds it moved. The
        // version is read by a later statement, so under that lock: whoever swaps another version in holds the checkpoint, too.
        // What a crash takes from a read model is applied again: only the events must be on disk before an answer.
        await using var begin = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("update mt_event_progression set last_seq_id = $3, last_updated = transaction_timestamp() where name = $1 and last_seq_id = $2")
                {
                    Parameters =
                    {
                        new NpgsqlParameter<string> { TypedValue = checkpoint },
                        new NpgsqlParameter<long> { TypedValue = from },
                        new NpgsqlParameter<long> { TypedValue = to },
                    },
                },
                new("select set_config('synchronous_commit', 'off', true), set_config('search_path', $1 || ',' || current_setting('search_path'), true)")
                {
                    Parameters = { new NpgsqlParameter<string> { TypedValue = schema } },
                },
                ProjectionTables.VersionQuery(projection),
                Parking.Query(checkpoint),
                new("savepoint apply"),
            },
        };
        HashSet<Guid> parked;
        await using (var reader = await begin.ExecuteReaderAsync(cancellationToken))
        {
            if (begin.BatchCommands[0].RecordsAffected == 0)
            {
                return Application.Moved;
            }

            await reader.NextResultAsync(cancellationToken);
            var state = await ProjectionTables.ReadState(reader, projection, cancellationToken);
            if (schema == projection.Schema && state != TablesState.Current)
            {
                return Application.NotCurrent;
            }

            await reader.NextResultAsync(cancellationToken);
            parked = [.. (await Parking.Read(reader, cancellationToken)).Select(p => p.StreamId)];
        }

        var relevant = events.Where(e => e.StreamType == projection.StreamType && !parked.Contains(e.StreamId)).ToList();
        if (relevant.Count > 0)
        {
            await Parking.Apply(run, projection, checkpoint, connection, relevant, logger, cancellationToken);
        }

        return Application.Done;
    }

    private async Task<Reading> Read(NpgsqlConnection connection, long toPosition, int limit, CancellationToken cancellationToken)
    {
        // What this node appended itself it still has, and only asks whether to go on from where it stopped, in the ledger it appended to.
        if (recent?.After(last, toPosition, limit) is [.., var newest] known)
        {
            var stored = new NpgsqlBatchCommand($"select {EventStore.EventColumns} from {EventStore.EventsInOrder} where e.seq_id = $1")
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = newest.Position } },
            };
            var place = await Read(connection, stored, cancellationToken);
            if (place.Position == last && place.Events is [var same] && same.Id == newest.Id)
            {
                return place with { Events = known };
            }
        }

        var next = new NpgsqlBatchCommand(
            $"""
            select {EventStore.EventColumns} from {EventStore.EventsInOrder}
            where e.seq_id > (select last_seq_id from mt_event_progression where name = $1) and e.seq_id <= $2
            order by e.seq_id limit $3
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = checkpoint },
                new NpgsqlParameter<long> { TypedValue = toPosition },
                new NpgsqlParameter<int> { TypedValue = limit },
            },
        };
        return await Read(connection, next, cancellationToken);
    }

    private async Task<Reading> Read(NpgsqlConnection connection, NpgsqlBatchCommand events, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                ProjectionTables.VersionQuery(projection),
                new("select last_seq_id from mt_event_progression where name = $1")
                {
                    Parameters = { new NpgsqlParameter<string> { TypedValue = checkpoint } },
                },
                events,
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var state = await ProjectionTables.ReadState(reader, projection, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var position = await reader.ReadAsync(cancellationToken)
            ? reader.GetInt64(0)
            : throw new InvalidOperationException($"There is no checkpoint {checkpoint}.");
        await reader.NextResultAsync(cancellationToken);
        return new(position, schema != projection.Schema || state == TablesState.Current, await EventStore.ReadEvents(reader, cancellationToken));
    }

    /// <summary>Where a course stands, and what comes next.</summary>
    private readonly record struct Reading(long Position, bool IsCurrent, IReadOnlyList<RecordedEvent> Events);
}

/// <summary>What became of applying a batch.</summary>
internal enum Application
{
    /// <summary>Rows, parked streams and checkpoint are written, and wait for the commit.</summary>
    Done,

    /// <summary>Another run has moved the checkpoint.</summary>
    Moved,

    /// <summary>The tables are another version's.</summary>
    NotCurrent,
}
