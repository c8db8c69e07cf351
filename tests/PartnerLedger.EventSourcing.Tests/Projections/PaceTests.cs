using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PartnerLedger.EventSourcing.Projections;
using PartnerLedger.EventSourcing.Tests.Fixtures;
using PartnerLedger.EventSourcing.Tests.Imports;

namespace PartnerLedger.EventSourcing.Tests.Projections;

public sealed class PaceTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_on_its_way_is_followed_seldom_unless_someone_waits_for_it(bool isAwaited)
    {
        await ledger.Stage(streams: 1_200, events: 5);
        await ledger.Mover(ledger.NewNode()).MoveAll(default);
        var head = await ledger.One<long>("select position from ledger_head");
        var node = ledger.NewNode();
        var clock = new HastyClock();
        using var stopping = new CancellationTokenSource();
        var daemon = new ProjectionDaemon(node.Database, new Counts($"paced{isAwaited}".ToLowerInvariant()), node.Queue.Committed, node.Queue.Recent, clock, NullLogger<ProjectionDaemon>.Instance);
        clock.Position = () => daemon.Applied.Position;
        var waiting = isAwaited ? daemon.Applied.WaitUntil(head, default) : Task.CompletedTask;
        var running = daemon.Run(stopping.Token);

        var rests = new List<long>();
        await foreach (var position in clock.Waits.Reader.ReadAllAsync())
        {
            if (position == head)
            {
                break;
            }

            rests.Add(position);
        }

        // A batch takes this clock two seconds at least, and each wait is a second of it.
        Assert.All(rests.CountBy(position => position), rest => Assert.True(isAwaited ? rest.Value == 1 : rest.Value >= 20, $"{rest}"));
        Assert.Contains(5_000, rests);
        await waiting;
        await stopping.CancelAsync();
        await running;
    }

    /// <summary>Much time passes each time it is looked at, and none until a timer fires.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long looks;

        public Func<long> Position { get; set; } = () => 0;

        /// <summary>The position that the projection had reached as each timer was set.</summary>
        public Channel<long> Waits { get; } = Channel.CreateUnbounded<long>();

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 2 * Interlocked.Increment(ref looks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Writer.TryWrite(Position());
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
