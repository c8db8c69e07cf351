using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>
/// The way into the ledger: one writer a node takes the commands that wait, decides them in order, each on the state its
/// predecessor left, and appends them in one call and one commit. Answers are given after the commit.
/// </summary>
public sealed class AppendQueue : IAsyncDisposable
{
    private readonly Channel<PendingCommand> waiting;
    private readonly AppendQueueOptions options;
    private readonly ILogger logger;
    private readonly AppendBatch batch;
    private readonly WriterConnection writer;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    public AppendQueue(NpgsqlDataSource database, AppendQueueOptions options, ILogger<AppendQueue> logger)
    {
        this.options = options;
        this.logger = logger;
        waiting = Channel.CreateBounded<PendingCommand>(new BoundedChannelOptions(options.Capacity) { SingleReader = true });
        writer = new WriterConnection(database);
        batch = new AppendBatch(writer, new RecentStates(options.RecentStreams), options, Committed, logger);
        running = Task.Run(() => Run(stopping.Token));
    }

    /// <summary>The last position this node knows to be committed.</summary>
    public PositionSignal Committed { get; } = new();

    /// <summary>Decides and appends; answers after the commit.</summary>
    /// <exception cref="LedgerUnavailableException">No answer can be given now; its reason tells what is known of the outcome.</exception>
    public Task<CommandOutcome> Submit(StreamCommand command, CancellationToken cancellationToken)
    {
        var pending = new PendingCommand(command, cancellationToken);
        if (!waiting.Writer.TryWrite(pending))
        {
            throw stopping.IsCancellationRequested
                ? new LedgerUnavailableException(UnavailableReason.Unreachable, "This node is stopping.")
                : new LedgerUnavailableException(UnavailableReason.QueueFull, $"{options.Capacity} commands wait already.");
        }

        return pending.Outcome;
    }

    /// <summary>Takes no more commands, finishes those that wait, and closes the writer's connection.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        stopping.CancelAfter(options.StopWithin);
        await running;
        await writer.DisposeAsync();
        stopping.Dispose();
    }

    private async Task Run(CancellationToken cancellationToken)
    {
        // Commands to be decided again go first, before all that came after them.
        var again = new List<PendingCommand>();
        while (again.Count > 0 || await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var commands = again;
            while (commands.Count < options.MaxCommands && waiting.Reader.TryRead(out var next))
            {
                commands.Add(next);
            }

            try
            {
                again = await batch.Process(commands, cancellationToken);
            }
            catch (Exception exception)
            {
                again = [];
                await Fail(commands, exception);
            }
        }
    }

    // Whatever went wrong, nobody is left waiting: neither the batch, nor those who queued behind a writer that cannot write.
    private async Task Fail(List<PendingCommand> commands, Exception exception)
    {
        while (waiting.Reader.TryRead(out var next))
        {
            commands.Add(next);
        }

        Log.Unreachable(logger, exception, commands.Count);
        var failure = new LedgerUnavailableException(UnavailableReason.Unreachable, "The database cannot be reached by the writer.", exception);
        foreach (var command in commands)
        {
            command.Fail(failure);
        }

        await batch.Reset();
    }
}
