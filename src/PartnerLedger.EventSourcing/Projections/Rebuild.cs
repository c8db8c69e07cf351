using System.Data;
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
    /// <returns>False if another rebuild of this projection is under way, or the tables are a newer version's.</returns>
    public async Task<bool> Run(Action<long, long> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await TryLock(connection, cancellationToken))
        {
            return false;
        }

        try
        {
            // Whatever the tables' version is, only a rebuild changes it.
            if (await ProjectionTables.State(connection, projection, cancellationToken) == TablesState.Superseded)
            {
                return false;
            }

            await Prepare(connection, cancellationToken);
            var position = await Fill(connection, progress, cancellationToken);
            progress(position, position);
            Log.RebuildFinished(logger, projection.Name, position);
            await DropPrevious(connection, cancellationToken);
            return true;
        }
        finally
        {
            if (connection.FullState.HasFlag(ConnectionState.Open))
            {
                await connection.Execute("select pg_advisory_unlock_all()", CancellationToken.None);
            }
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
        await using var parked = new NpgsqlBatch(connection) { BatchCommands = { Named("delete from ledger_parked where projection = $2 and $1::text is not null") } };
        await parked.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // The target is never ahead of the tables in use, so that at the swap both are at one position.
    private async Task<long> Fill(NpgsqlConnection connection, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var batches = new ProjectionBatches(projection, Checkpoint.NameOfNext(projection), Next, logger);
        var target = await Checkpoint.Read(connection, Checkpoint.NameOf(projection), cancellationToken);
        Log.RebuildStarted(logger, projection.Name, target);
        var (position, isAnalyzed) = (0L, false);
        while (true)
        {
            progress(position, target);
            if (position < target)
            {
                position = await batches.ApplyNext(connection, target, EventsABatch, cancellationToken) ?? position;
            }
            else if (!isAnalyzed)
            {
                // Nobody reads tables that the server knows nothing of yet: it would plan for a few rows.
                await ProjectionTables.Analyze(connection, Next, cancellationToken);
                isAnalyzed = true;
            }
            else if (await Swap(connection, batches, position, cancellationToken) is { } swapped)
            {
                return swapped;
            }
            else
            {
                target = await Checkpoint.Read(connection, Checkpoint.NameOf(projection), cancellationToken);
            }
        }
    }

    // Holds all checkpoints, so that nobody moves the tables in use on or starts to write to them meanwhile. The table, not only the row:
    // a row is free as soon as a commit is seen, which may be before other connections are told of the new names, so that a batch could
    // still go to the old tables; a table is free only thereafter.
    private async Task<long?> Swap(NpgsqlConnection connection, ProjectionBatches batches, long position, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.Execute("lock table mt_event_progression in exclusive mode", cancellationToken);
        var live = await Checkpoint.Read(connection, Checkpoint.NameOf(projection), cancellationToken);
        if (live - position > EventsABatch)
        {
            return null;
        }

        var missing = await EventStore.ReadAll(connection, position, live, EventsABatch, cancellationToken);
        if (await batches.Apply(connection, position, live, missing, cancellationToken) != Application.Done)
        {
            throw new InvalidOperationException($"Another run moved the checkpoint of the rebuild of {projection.Name}.");
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
    }

    // Readers that began before the swap hold the old tables, and lock them one by one as the drop does: it gives way before the
    // server finds a deadlock and ends one of them. What is left then, the next rebuild drops.
    private async Task DropPrevious(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.Execute($"set local lock_timeout = '300ms'; drop schema if exists {Previous} cascade", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            Log.PreviousKept(logger, projection.Name);
        }
    }

    private NpgsqlBatchCommand Named(string sql) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = Checkpoint.NameOf(projection) },
            new NpgsqlParameter<string> { TypedValue = Checkpoint.NameOfNext(projection) },
        },
    };
}
