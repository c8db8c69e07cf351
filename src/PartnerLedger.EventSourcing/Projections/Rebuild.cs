using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>
/// Builds a projection anew, in tables beside those that are read, and swaps them in when they have come as far. Reads go on
/// throughout: the swap renames two schemas, and locks no table.
/// </summary>
internal sealed class Rebuild(NpgsqlDataSource database, Projection projection, ILogger logger)
{
    private const int EventsABatch = 20_000;

    private string Next => projection.Schema + "_next";
    private string Previous => projection.Schema + "_previous";

    /// <summary>Runs to the end, or until cancelled; what a broken-off rebuild left is made anew by the next one.</summary>
    /// <returns>False if another rebuild of this projection is under way.</returns>
    public async Task<bool> Run(Action<long, long> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var mine = await TryLock(connection, cancellationToken);
        if (!mine)
        {
            return false;
        }

        try
        {
            await Prepare(connection, cancellationToken);
            var position = await Fill(progress, cancellationToken);
            progress(position, position);
            Log.RebuildFinished(logger, projection.Name, position);
            await connection.Execute($"drop schema if exists {Previous} cascade", cancellationToken);
            return true;
        }
        finally
        {
            await connection.Execute("select pg_advisory_unlock_all()", CancellationToken.None);
        }
    }

    private async Task<bool> TryLock(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 0))", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = $"rebuild of {projection.Name}" } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task Prepare(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.Execute($"drop schema if exists {Previous} cascade", cancellationToken);
        await ProjectionTables.Make(connection, Next, projection, cancellationToken);
        await Checkpoint.Set(connection, Checkpoint.NameOfNext(projection), 0, cancellationToken);
        foreach (var parked in await Parking.Read(connection, Checkpoint.NameOfNext(projection), cancellationToken))
        {
            await Parking.Release(connection, Checkpoint.NameOfNext(projection), parked.StreamId, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<long> Fill(Action<long, long> progress, CancellationToken cancellationToken)
    {
        var batches = new ProjectionBatches(database, projection, Checkpoint.NameOfNext(projection), Next, logger);
        var target = await Target(cancellationToken);
        Log.RebuildStarted(logger, projection.Name, target);
        var position = 0L;
        while (true)
        {
            progress(position, target);
            if (position < target)
            {
                position = await batches.ApplyNext(position, target, EventsABatch, cancellationToken)
                    ?? throw new InvalidOperationException($"Another run moved the checkpoint of the rebuild of {projection.Name}.");
            }
            else if ((target = await Target(cancellationToken)) - position <= EventsABatch && await Swap(batches, position, cancellationToken) is { } swapped)
            {
                return swapped;
            }
        }
    }

    // Never ahead of the tables in use, so that at the swap both are at one position.
    private async Task<long> Target(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await Checkpoint.Read(connection, Checkpoint.NameOf(projection), cancellationToken);
    }

    private async Task<long?> Swap(ProjectionBatches batches, long position, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var live = await Checkpoint.Read(connection, Checkpoint.NameOf(projection), cancellationToken, locked: true);
        var missing = await EventStore.ReadAll(connection, position, live, 2 * EventsABatch, cancellationToken);
        if (missing.Count > 0)
        {
            if (missing[^1].Position < live || !await batches.Apply(connection, transaction, position, missing, cancellationToken))
            {
                return null;
            }
        }

        await connection.Execute(
            $"alter schema {projection.Schema} rename to {Previous}; alter schema {Next} rename to {projection.Schema}", cancellationToken);
        await ProjectionTables.SetVersion(connection, projection, cancellationToken);
        await using var rename = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Named("delete from mt_event_progression where name = $2 and $1::text is not null"),
                Named("delete from ledger_parked where projection = $1 and $2::text is not null"),
                Named("update ledger_parked set projection = $1 where projection = $2"),
            },
        };
        await rename.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return live;

        NpgsqlBatchCommand Named(string sql) => new(sql)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = Checkpoint.NameOf(projection) },
                new NpgsqlParameter<string> { TypedValue = Checkpoint.NameOfNext(projection) },
            },
        };
    }
}
