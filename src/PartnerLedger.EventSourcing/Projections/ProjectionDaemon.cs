using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>Keeps one projection up to date on this node, beside those of other nodes; rebuilds it, and retries what is parked.</summary>
public sealed class ProjectionDaemon(
    NpgsqlDataSource database, Projection projection, PositionSignal committed, RecentEvents recent, TimeProvider clock, ILogger<ProjectionDaemon> logger)
{
    private const int EventsABatch = 5_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // What nobody tells of while there is more than a batch of it is an import on its way, to which the database belongs: a fraction of the time goes to it.
    private const int RestsABatch = 10;

    // Between two batches, unless someone waits: under load it gathers what would else be many small batches, and leaves the processor to the
    // commands for most of the time.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBreath = TimeSpan.FromMilliseconds(400);
    private const int BreathsABatch = 5;

    private volatile bool readable;

    public string Name => projection.Name;

    /// <summary>The position up to which the read model has every event, parked streams aside, as far as this node knows.</summary>
    public PositionSignal Applied { get; } = new();

    /// <summary>Whether the tables are this version's; false before the first look, and after a newer version took over.</summary>
    public bool IsReadable => readable;

    /// <summary>How far a rebuild on this node has come, and where it goes; null when none runs.</summary>
    public (long Position, long Target)? Rebuilding { get; private set; }

    /// <summary>Makes the tables where there are none; from then on they are readable, unless they are another version's.</summary>
    public async Task Prepare(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await ProjectionTables.Ensure(connection, projection, cancellationToken) == TablesState.Current)
        {
            Applied.Advance(await Checkpoint.Read(connection, Checkpoint.NameOf(projection), cancellationToken));
            readable = true;
        }
    }

    /// <summary>Runs until cancelled; a broken connection is tried again.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Follow(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.ProjectionBroke(logger, Name, exception);
                await Task.Delay(RetryAfter, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Builds the read model anew beside the one in use, then swaps; false if a rebuild runs already, on any node.</summary>
    public async Task<bool> RebuildNow(CancellationToken cancellationToken)
    {
        try
        {
            return await new Rebuild(database, projection, logger).Run((position, target) => Rebuilding = (position, target), cancellationToken);
        }
        finally
        {
            Rebuilding = null;
        }
    }

    /// <summary>The streams that wait for an event that could not be applied.</summary>
    public async Task<IReadOnlyList<ParkedStream>> ReadParked(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await Parking.Read(connection, Checkpoint.NameOf(projection), cancellationToken);
    }

    /// <summary>Applies what a parked stream missed, in order; gives back why it is parked still, or null if it is not. Throws where it is not parked.</summary>
    /// <exception cref="KeyNotFoundException">The stream is not parked.</exception>
    public async Task<ParkedStream?> RetryParked(Guid streamId, CancellationToken cancellationToken)
    {
        var name = Checkpoint.NameOf(projection);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var applied = await Checkpoint.Read(connection, name, cancellationToken, locked: true);
        var parked = (await Parking.Read(connection, name, cancellationToken)).Find(p => p.StreamId == streamId)
            ?? throw new KeyNotFoundException($"Stream {streamId} is not parked.");
        var missed = await EventStore.ReadStream(connection, streamId, parked.Position, applied, cancellationToken);
        await Parking.Release(connection, name, streamId, cancellationToken);
        var batches = new ProjectionBatches(projection, name, projection.Schema, logger);
        if (await batches.Apply(connection, applied, applied, missed, cancellationToken) != Application.Done)
        {
            throw new InvalidOperationException($"The tables of projection {Name} are another version's.");
        }

        var still = (await Parking.Read(connection, name, cancellationToken)).Find(p => p.StreamId == streamId);
        await transaction.CommitAsync(cancellationToken);
        return still;
    }

    private async Task Follow(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        recent.Clear();
        switch (await ProjectionTables.Ensure(connection, projection, cancellationToken))
        {
            case TablesState.Outdated when !await RebuildNow(cancellationToken):
            case TablesState.Superseded:
                await Task.Delay(RetryAfter, clock, cancellationToken);
                return;
        }

        var batches = new ProjectionBatches(projection, Checkpoint.NameOf(projection), projection.Schema, logger, recent);
        while (true)
        {
            var started = clock.GetTimestamp();
            if (await batches.ApplyNext(connection, long.MaxValue, EventsABatch, cancellationToken) is not { } position)
            {
                readable = false;
                Log.Superseded(logger, Name);
                return;
            }

            var took = clock.GetElapsedTime(started);
            readable = true;
            var isFull = position - Applied.Position >= EventsABatch;
            Applied.Advance(position);
            var rest = isFull ? took * RestsABatch : Poll;
            while (!await committed.TryWaitUntil(position + 1, Poll, clock, cancellationToken) && rest > Poll && !Applied.IsAwaited)
            {
                rest -= Poll;
            }

            var breath = TimeSpan.FromTicks(Math.Clamp(took.Ticks * BreathsABatch, Breath.Ticks, LongestBreath.Ticks));
            await Applied.AwaitedWithin(breath - clock.GetElapsedTime(started), clock, cancellationToken);
        }
    }
}
