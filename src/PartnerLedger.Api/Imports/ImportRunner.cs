using PartnerLedger.Api.Audit;
using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Imports;

/// <summary>Moves staged imports into the ledger beside the requests; also those that a node left which has stopped.</summary>
internal sealed partial class ImportRunner(ImportMover mover, Standing standing, ImportOptions options, TimeProvider clock, ILogger<ImportRunner> logger) : BackgroundService
{
    private readonly SemaphoreSlim wake = new(1, 1);

    /// <summary>There is something to move.</summary>
    public void Wake()
    {
        lock (wake)
        {
            if (wake.CurrentCount == 0)
            {
                wake.Release();
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (standing.Refusal is null)
                {
                    await mover.MoveAll(stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Broke(logger, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            using var poll = new CancellationTokenSource(options.Poll, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, stoppingToken);
            await wake.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Moving an import broke off; it goes on where it stopped")]
    private static partial void Broke(ILogger logger, Exception exception);
}
