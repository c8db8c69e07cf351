using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>Hears of appends by other nodes, so that this node's projections need not wait for their next poll, and of people whom they erased.</summary>
public sealed class LedgerListener(NpgsqlDataSource database, PositionSignal committed, People people, TimeProvider clock, ILogger<LedgerListener> logger)
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
            catch (Exception exception)
            {
                Log.ListeningBroke(logger, exception);
                await Task.Delay(RetryAfter, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var heard = long.MaxValue;
        connection.Notification += (_, notice) =>
        {
            if (notice.Channel == People.ErasedChannel)
            {
                people.Forget();
            }
            else
            {
                heard = Math.Max(heard, long.TryParse(notice.Payload, out var position) ? position : 0);
            }
        };
        await connection.Execute($"listen ledger; listen {People.ErasedChannel}", cancellationToken);

        // Whoever was erased while nobody listened.
        people.Forget();
        await using var head = new NpgsqlCommand("select position from ledger_head", connection);
        while (true)
        {
            // Anyone may notify anything: only the head is believed.
            while (heard > committed.Position)
            {
                heard = 0;
                committed.Advance((long)(await head.ExecuteScalarAsync(cancellationToken))!);
            }

            await connection.WaitAsync(cancellationToken);
        }
    }
}
