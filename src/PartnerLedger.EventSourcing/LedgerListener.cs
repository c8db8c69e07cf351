using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>Hears of appends by other nodes, so that this node's projections need not wait for their next poll.</summary>
public sealed class LedgerListener(NpgsqlDataSource database, PositionSignal committed, TimeProvider clock, ILogger<LedgerListener> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Listens until cancelled; a broken connection is replaced.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Listen(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException)
            {
                Log.ListeningBroke(logger, exception);
                await Task.Delay(RetryAfter, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, heard) => committed.Advance(long.Parse(heard.Payload));
        await connection.Execute("listen ledger", cancellationToken);
        await using (var head = new NpgsqlCommand("select position from ledger_head", connection))
        {
            committed.Advance((long)(await head.ExecuteScalarAsync(cancellationToken))!);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }
}
