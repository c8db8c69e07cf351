using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PartnerLedger.EventSourcing.Projections;
using PartnerLedger.EventSourcing.Tests.Fixtures;
using PartnerLedger.EventSourcing.Tests.Imports;

namespace PartnerLedger.EventSourcing.Tests.Projections;

public sealed class PaceTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task An_import_on_its_way_is_followed_seldom_until_someone_tells_of_it()
    {
        await ledger.Stage(streams: 1_200, events: 5);
        await ledger.Mover(ledger.NewNode()).MoveAll(default);
        var node = ledger.NewNode();
        var clock = new SlowClock();
        using var stopping = new CancellationTokenSource();
        var daemon = new ProjectionDaemon(node.Database, new Counts("paced"), node.Queue.Committed, clock, NullLogger<ProjectionDaemon>.Instance);
        var running = daemon.Run(stopping.Token);

        Assert.InRange(await clock.Waits.Reader.ReadAsync(), 10 * SlowClock.Step, TimeSpan.MaxValue);
        Assert.Equal(5_000, daemon.Applied.Position);

        node.Queue.Tell(6_000);

        Assert.Equal(TimeSpan.FromSeconds(1), await clock.Waits.Reader.ReadAsync());
        Assert.Equal(6_000, daemon.Applied.Position);
        await stopping.CancelAsync();
        await running;
    }

    /// <summary>Some time passes each time it is looked at; its timers tell for how long they are set, and never fire.</summary>
    private sealed class SlowClock : TimeProvider
    {
        public static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

        private long looks;

        public Channel<TimeSpan> Waits { get; } = Channel.CreateUnbounded<TimeSpan>();

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Increment(ref looks) * Step.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Writer.TryWrite(dueTime);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
