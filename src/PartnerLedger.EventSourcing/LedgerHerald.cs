using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>Tells other nodes by NOTIFY how far this node has brought the ledger: not inside an append, and not for every one.</summary>
internal sealed class LedgerHerald(NpgsqlDataSource database, PositionSignal appended, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Tells until cancelled. Where it fails, other nodes poll.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var told = appended.Position;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await appended.WaitUntil(told + 1, cancellationToken);
                told = await Tell(cancellationToken);
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.TellingBroke(logger, exception);
                await Task.Delay(RetryAfter, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<long> Tell(CancellationToken cancellationToken)
    {
        var position = appended.Position;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Nothing is kept that a crash could take: the disk is left to the appends.
        await using var notify = new NpgsqlCommand("select pg_notify('ledger', $1::text), set_config('synchronous_commit', 'off', true)", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = position } },
        };
        await notify.ExecuteNonQueryAsync(cancellationToken);
        return position;
    }
}
