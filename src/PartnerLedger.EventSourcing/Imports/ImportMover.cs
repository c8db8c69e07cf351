using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>Moves the events of imports into the ledger, one import at a time and on one node at a time; goes on where a crash left one.</summary>
public sealed class ImportMover(NpgsqlDataSource database, ImportRuns runs, ImportOptions options, AppendQueue queue, ILogger<ImportMover> logger)
{
    private const long MovingLock = 0x504C_494D_504F_5254;

    /// <summary>Moves all that waits to be moved; false if another node is at it.</summary>
    /// <param name="moved">Is told of each transaction that was committed.</param>
    public async Task<bool> MoveAll(CancellationToken cancellationToken, Action? moved = null)
    {
        if (await runs.FindRunning(cancellationToken) is null)
        {
            return true;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            if (!await TryLock(connection, cancellationToken))
            {
                return false;
            }

            while (await runs.FindRunning(cancellationToken) is { } run)
            {
                await Move(connection, run, moved, cancellationToken);
            }

            return true;
        }
        finally
        {
            // None of the locks must come back from the pool, also where only one was to be had.
            if (connection.FullState.HasFlag(ConnectionState.Open))
            {
                await connection.Execute("select pg_advisory_unlock_all()", CancellationToken.None);
            }
        }
    }

    // Whoever hands the ledger over must find no node that writes, and what another writer has continued is not for us.
    private static async Task<bool> TryLock(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select pg_try_advisory_lock({MovingLock}) and pg_try_advisory_lock_shared({WriterConnection.ServingLock})
                and (select position from ledger_head) = coalesce((select max(seq_id) from mt_events), 0)
            """,
            connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task Move(NpgsqlConnection connection, ImportRun run, Action? moved, CancellationToken cancellationToken)
    {
        var size = new ChunkSize(options);
        await using var chunks = new ImportChunks(connection, database, run, options);
        var position = run.Position;
        try
        {
            while (await chunks.Next(size.Next, cancellationToken) is { } chunk)
            {
                switch (await chunks.Move(chunk, cancellationToken))
                {
                    case ChunkOutcome.Moved done:
                        size.Held(chunk.Events, done.Held);
                        position = done.Position;
                        moved?.Invoke();

                        // The server wakes who waits, but lets the faster lock first: that would be the next transaction, time and again.
                        await Task.Delay(done.WasAwaited ? options.Turn : TimeSpan.Zero, cancellationToken);
                        break;
                    case ChunkOutcome.GivenUp:
                        size.GaveUp();
                        break;
                    case ChunkOutcome.Changed:
                        await chunks.Finish(ImportState.Refused, "A partnership or the catalogue, as the file was checked against it, has changed since.", cancellationToken);
                        return;
                    default:
                        return;
                }
            }

            await chunks.Finish(ImportState.Done, null, cancellationToken);

            // Only now: until then the read models follow at their own pace, unless someone waits for what was appended in between.
            queue.Tell(position ?? 0);
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is PostgresException refusal && refusal.IsOfTheData()))
        {
            Log.ImportStopped(logger, exception, run.Id);
            await chunks.Finish(ImportState.Stopped, "The database refused some of it; the log of the service says why.", cancellationToken);
        }
    }
}
