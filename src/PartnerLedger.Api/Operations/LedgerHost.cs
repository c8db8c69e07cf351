using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Factors;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Operations;

/// <summary>Runs what works beside the requests: the projections, who signs the ledger, and the ear for other nodes.</summary>
internal sealed partial class LedgerHost(
    LedgerDatabase database, ReadModels models, LedgerListener listener, AppendQueue queue, Standing standing, Erasures erasures, NoteKeeper keeper, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<LedgerHost> logger)
    : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.HasOneRole)
        {
            OneRole(logger);
        }

        await standing.Look(cancellationToken);
        await erasures.Replay(cancellationToken);
        await StarterCatalogueSeed.Sow(queue, clock, cancellationToken);
        foreach (var daemon in models.All)
        {
            // So that the first request already finds what to read.
            await daemon.Prepare(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = models.All.Select(daemon => daemon.Run(stoppingToken)).Append(listener.Run(stoppingToken)).Append(keeper.Run(stoppingToken)).ToList();
        if (database.Cluster is { } cluster && await Task.WhenAny(cluster.Lost, Stopped(stoppingToken)) == cluster.Lost)
        {
            Lost(logger);
            lifetime.StopApplication();
        }

        await Task.WhenAll(running);
    }

    private static Task Stopped(CancellationToken stoppingToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stoppingToken.Register(stopped.SetResult);
        return stopped.Task;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "One role both serves and owns the tables: the trigger still refuses edits of events, but this role could drop it. Set ConnectionStrings:LedgerOwner to a role of its own.")]
    private static partial void OneRole(ILogger logger);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The embedded PostgreSQL ended and did not start again: the service stops.")]
    private static partial void Lost(ILogger logger);
}
