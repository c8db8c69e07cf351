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
    private readonly CancellationTokenSource ended = new();
    private readonly PositionSignal appended = new();
    private readonly Task running;
    private readonly Task telling;
    private volatile bool stopped;

    public AppendQueue(NpgsqlDataSource database, AppendQueueOptions options, ILogger<AppendQueue> logger)
    {
        this.options = options;
        this.logger = logger;
        waiting = Channel.CreateBounded<PendingCommand>(new BoundedChannelOptions(options.Capacity) { SingleReader = true, AllowSynchronousContinuations = true });
        writer = new WriterConnection(database);
        Recent = new RecentEvents(Committed);
        batch = new AppendBatch(writer, new RecentStates<StreamName>(options.RecentStreams), Recent, options, [Committed, appended], logger);
        running = Task.Run(() => Run(stopping.Token));
        telling = new LedgerHerald(database, appended, TimeProvider.System, logger).Run(ended.Token);
    }

    /// <summary>The last position this node knows to be committed.</summary>
    public PositionSignal Committed { get; } = new();

    /// <summary>What this queue has appended last.</summary>
    public RecentEvents Recent { get; }

    /// <summary>Decides and appends; answers after the commit.</summary>
    /// <exception cref="LedgerUnavailableException">No answer can be given now; its reason tells what is known of the outcome.</exception>
    public Task<CommandOutcome> Submit(StreamCommand command, CancellationToken cancellationToken)
    {
        var pending = new PendingCommand(command, cancellationToken);
        if (!waiting.Writer.TryWrite(pending))
        {
            throw stopped
                ? new LedgerUnavailableException(UnavailableReason.Unreachable, "This node is stopping.")
                : new LedgerUnavailableException(UnavailableReason.QueueFull, $"{options.Capacity} commands wait already.");
        }

        return pending.Outcome;
    }

    /// <summary>Tells this node's read models, and other nodes, of what was appended beside this queue.</summary>
    public void Tell(long position)
    {
        Committed.Advance(position);
        appended.Advance(position);
    }

    /// <summary>Takes no more commands, finishes those that wait, and closes the writer's connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!stopped)
        {
            Stop();
            stopping.CancelAfter(options.StopWithin);
            await running;
            await ended.CancelAsync();
            await telling;
            await writer.DisposeAsync();
            stopping.Dispose();
            ended.Dispose();
        }
    }

    private async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            await Open(cancellationToken);

            // Commands to be decided again go first, before all that came after them.
            var again = new List<PendingCommand>();
            while (again.Count > 0 || await waiting.Reader.WaitToReadAsync(CancellationToken.None))
            {
                again = await Process(again, cancellationToken);

                // Those just answered may have more to write: let them queue, so that the next commit takes theirs, too.
                await Task.Yield();
            }
        }
        finally
        {
            // Not reached with anyone waiting, unless this loop itself is broken.
            Stop();
            Fail(Take([], int.MaxValue), new LedgerUnavailableException(UnavailableReason.Unreachable, "The writer of this node has ended."));
        }
    }

    // From now on this node counts as serving; whatever hinders it is told to the commands.
    private async Task Open(CancellationToken cancellationToken)
    {
        try
        {
            await writer.Open(cancellationToken);
        }
        catch (Exception exception)
        {
            Log.Unreachable(logger, exception, 0);
        }
    }

    private async Task<List<PendingCommand>> Process(List<PendingCommand> again, CancellationToken cancellationToken)
    {
        var commands = Take(again, options.MaxCommands);
        try
        {
            return await batch.Process(commands, cancellationToken);
        }
        catch (Exception exception)
        {
            // Nobody is left waiting: neither the batch, nor those who queued behind a writer that cannot write.
            Take(commands, int.MaxValue);
            Log.Unreachable(logger, exception, commands.Count);
            Fail(commands, exception as LedgerUnavailableException
                ?? new(UnavailableReason.Unreachable, "The database cannot be reached by the writer.", exception));
            await batch.Reset();
            return [];
        }
    }

    private List<PendingCommand> Take(List<PendingCommand> commands, int atMost)
    {
        while (commands.Count < atMost && waiting.Reader.TryRead(out var next))
        {
            commands.Add(next);
        }

        return commands;
    }

    private static void Fail(List<PendingCommand> commands, Exception exception) => commands.ForEach(command => command.Fail(exception));

    private void Stop()
    {
        stopped = true;
        waiting.Writer.TryComplete();
    }
}
