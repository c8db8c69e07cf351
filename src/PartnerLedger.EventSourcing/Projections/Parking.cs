using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>A stream that waits for an event a projection could not apply.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Position">The first event that was not applied.</param>
/// <param name="Reason">What went wrong.</param>
/// <param name="ParkedAt">When, by the server's clock, UTC.</param>
public sealed record ParkedStream(Guid StreamId, long Position, string Reason, DateTime ParkedAt);

/// <summary>Applies events so that a poison event parks its own stream only: it waits, in order, while the others go on.</summary>
internal static class Parking
{
    /// <summary>Applies events of streams that are not parked; what cannot be applied is parked, in the same transaction.</summary>
    /// <param name="parkedAs">The name under which this run's parked streams are kept.</param>
    /// <remarks>The open transaction has a savepoint <c>apply</c>.</remarks>
    public static async Task Apply(
        ProjectionRun run, Projection projection, string parkedAs, NpgsqlConnection connection,
        IReadOnlyList<RecordedEvent> events, ILogger logger, CancellationToken cancellationToken)
    {
        var (stopped, fault) = await TryApply(run, connection, events, cancellationToken);
        if (fault is not null)
        {
            // The database refused a row, and does not say whose: apply stream by stream to find out.
            foreach (var stream in events.GroupBy(e => e.StreamId).Select(s => s.ToList()))
            {
                await connection.Execute("savepoint apply", cancellationToken);
                var (stoppedHere, faultHere) = await TryApply(run, connection, stream, cancellationToken);
                stopped.AddRange(faultHere is null ? stoppedHere : [new(stream[0].StreamId, stream[0].Position, faultHere)]);
                if (faultHere is null)
                {
                    run.Keep();
                }
            }
        }

        foreach (var stream in stopped)
        {
            Log.Parked(logger, projection.Name, stream.Position, stream.StreamId, stream.Reason);
            await Park(connection, parkedAs, stream, cancellationToken);
        }
    }

    public static NpgsqlBatchCommand Query(string parkedAs) =>
        new("select stream_id, position, reason, parked_at from ledger_parked where projection = $1 order by position")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = parkedAs } },
        };

    public static async Task<List<ParkedStream>> Read(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var parked = new List<ParkedStream>();
        while (await reader.ReadAsync(cancellationToken))
        {
            parked.Add(new(reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2), reader.GetDateTime(3)));
        }

        return parked;
    }

    public static async Task<List<ParkedStream>> Read(NpgsqlConnection connection, string parkedAs, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Query(parkedAs) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await Read(reader, cancellationToken);
    }

    public static async Task Release(NpgsqlConnection connection, string parkedAs, Guid streamId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("delete from ledger_parked where projection = $1 and stream_id = $2", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = parkedAs }, new NpgsqlParameter<Guid> { TypedValue = streamId } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(List<StoppedStream> Stopped, Exception? Fault)> TryApply(
        ProjectionRun run, NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return ([.. await run.Apply(connection, events, cancellationToken)], null);
        }
        catch (Exception exception) when (IsOfTheEvents(exception))
        {
            await connection.Execute("rollback to savepoint apply", cancellationToken);
            run.Drop();
            return ([], exception);
        }
    }

    // Whatever else the server or the network does hits every stream alike: nothing is parked for it, the batch is tried again.
    private static bool IsOfTheEvents(Exception exception) =>
        exception is PostgresException error ? error.IsOfTheData() : exception is not (NpgsqlException or OperationCanceledException or IOException);

    private static async Task Park(NpgsqlConnection connection, string parkedAs, StoppedStream stream, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "insert into ledger_parked (projection, stream_id, position, reason) values ($1, $2, $3, $4)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = parkedAs },
                new NpgsqlParameter<Guid> { TypedValue = stream.StreamId },
                new NpgsqlParameter<long> { TypedValue = stream.Position },
                new NpgsqlParameter<string> { TypedValue = stream.Reason.Message },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
