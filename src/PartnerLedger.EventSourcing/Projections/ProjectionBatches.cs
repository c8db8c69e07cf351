using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>Applies the events after a checkpoint, batch by batch, each batch and its checkpoint in one transaction.</summary>
internal sealed class ProjectionBatches(
    NpgsqlDataSource database, Projection projection, string checkpoint, string schema, ILogger logger)
{
    private readonly ProjectionRun run = projection.Start();

    public async Task<long> ReadCheckpoint(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await Checkpoint.Read(connection, checkpoint, cancellationToken);
    }

    /// <summary>Applies at most <paramref name="limit"/> events after a position, and none after <paramref name="toPosition"/>; null if another run was there first.</summary>
    public async Task<long?> ApplyNext(long after, long toPosition, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var events = await EventStore.ReadAll(connection, after, toPosition, limit, cancellationToken);
        if (events.Count == 0)
        {
            return after;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await Apply(connection, transaction, after, events, cancellationToken))
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken);
        run.Keep();
        return events[^1].Position;
    }

    /// <summary>Applies events within an open transaction; false if the checkpoint has been moved by another run or a newer version.</summary>
    public async Task<bool> Apply(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long after, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        // What a crash takes from a read model is applied again: only the events must be on disk before an answer.
        await connection.Execute("set local synchronous_commit = off", cancellationToken);
        if (!await Checkpoint.TryMove(connection, checkpoint, after, events[^1].Position, cancellationToken))
        {
            return false;
        }

        // Read after the checkpoint's row is locked: whoever swaps another version in holds that row, too.
        if (schema == projection.Schema && await ProjectionTables.State(connection, projection, cancellationToken) != TablesState.Current)
        {
            return false;
        }

        await ProjectionTables.WriteInto(connection, schema, cancellationToken);
        await Parking.Apply(run, projection, checkpoint, connection, transaction, events, logger, cancellationToken);
        return true;
    }
}
