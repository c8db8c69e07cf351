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
    public static async Task Apply(
        ProjectionRun run, Projection projection, string parkedAs, NpgsqlConnection connection, NpgsqlTransaction transaction,
        IReadOnlyList<RecordedEvent> events, ILogger logger, CancellationToken cancellationToken)
    {
        var parked = (await Read(connection, parkedAs, cancellationToken)).Select(p => p.StreamId).ToHashSet();
        var relevant = events.Where(e => e.StreamType == projection.StreamType && !parked.Contains(e.StreamId)).ToList();
        if (relevant.Count == 0)
        {
            return;
        }

        var (stopped, fault) = await TryApply(run, connection, transaction, relevant, cancellationToken);
        if (fault is not null)
        {
            // The database refused a row, and does not say whose: apply stream by stream to find out.
            foreach (var stream in relevant.GroupBy(e => e.StreamId).Select(s => s.ToList()))
            {
                var (ofOne, faultOfOne) = await TryApply(run, connection, transaction, stream, cancellationToken);
                stopped.AddRange(faultOfOne is null ? ofOne : [new(stream[0].StreamId, stream[0].Position, faultOfOne)]);
                if (faultOfOne is null)
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

    public static async Task<List<ParkedStream>> Read(NpgsqlConnection connection, string parkedAs, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select stream_id, position, reason, parked_at from ledger_parked where projection = $1 order by position", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = parkedAs } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var parked = new List<ParkedStream>();
        while (await reader.ReadAsync(cancellationToken))
        {
            parked.Add(new(reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2), reader.GetDateTime(3)));
        }

        return parked;
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
        ProjectionRun run, NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        await transaction.SaveAsync("apply", cancellationToken);
        try
        {
            var stopped = await run.Apply(connection, events, cancellationToken);
            await transaction.ReleaseAsync("apply", cancellationToken);
            return ([.. stopped], null);
        }
        catch (PostgresException exception) when (exception.InvariantSeverity == "ERROR" && !exception.IsTransient)
        {
            await transaction.RollbackAsync("apply", cancellationToken);
            run.Drop();
            return ([], exception);
        }
    }

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
