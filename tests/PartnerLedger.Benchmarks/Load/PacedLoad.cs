using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using PartnerLedger.Benchmarks.Harness;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>Commands at their due times, alternately to two nodes; of some it is asked at the other node when they are visible.</summary>
internal sealed class PacedLoad
{
    private const int Senders = 64;
    private const int SampleEvery = 10;

    // Every fourth command goes to one of these few, so that commands in flight on both nodes meet; every tenth says on which version it rests.
    private const int Busy = 20;
    private const int BusyEvery = 4;
    private const int MatchEvery = 10;

    private readonly Guid[] partnerships;
    private readonly long[] versions;
    private readonly int commandsASecond;
    private readonly int commands;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly UnexpectedAnswers unexpected = new();
    private int next = -1;
    private int accepted;
    private int conflicts;

    private PacedLoad(Guid[] partnerships, int commandsASecond, TimeSpan duration)
    {
        (this.partnerships, this.commandsASecond) = (partnerships, commandsASecond);
        versions = new long[partnerships.Length];
        commands = (int)(commandsASecond * duration.TotalSeconds);
    }

    /// <summary>Accepted commands a second.</summary>
    public double Rate { get; private set; }

    /// <summary>Commands whose version was no longer current.</summary>
    public int Conflicts => conflicts;

    /// <summary>From the due time to the answer, in milliseconds.</summary>
    public ConcurrentBag<double> Answered { get; } = [];

    /// <summary>From the answer to that of the read model, in milliseconds.</summary>
    public ConcurrentBag<double> Visible { get; } = [];

    /// <summary>Sends so many commands a second for a time, each answer taken as it comes.</summary>
    /// <exception cref="InvalidOperationException">A request was refused, other than for its version.</exception>
    public static async Task<PacedLoad> Run(Service first, Service second, Guid[] partnerships, int commandsASecond, TimeSpan duration)
    {
        var load = new PacedLoad(partnerships, commandsASecond, duration);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(i => i % 2 == 0 ? load.Send(first, second) : load.Send(second, first)));
        load.unexpected.MustBeNone();
        load.Rate = load.accepted / Stopwatch.GetElapsedTime(load.started).TotalSeconds;
        return load;
    }

    private async Task Send(Service writer, Service reader)
    {
        using var writing = await HttpConnection.Open(writer.Address);
        using var reading = await HttpConnection.Open(reader.Address);
        var unconditional = new NoteRequest(writer.Token);
        for (var i = Interlocked.Increment(ref next); i < commands; i = Interlocked.Increment(ref next))
        {
            var due = started + (i * Stopwatch.Frequency / commandsASecond);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            var target = Random.Shared.Next(i % BusyEvery == 0 ? Busy : partnerships.Length);
            var request = i % MatchEvery == 0 && Volatile.Read(ref versions[target]) is > 0 and var version ? new NoteRequest(writer.Token, version) : unconditional;
            var answer = await writing.Send(request.For(partnerships[target]));
            var answered = Stopwatch.GetTimestamp();
            if (answer.Status == 412)
            {
                Interlocked.Increment(ref conflicts);
                continue;
            }

            if (!answer.IsAccepted)
            {
                unexpected.Add(answer);
                continue;
            }

            Interlocked.Increment(ref accepted);
            Volatile.Write(ref versions[target], answer.NumberAfter("\"version\":"u8));
            Answered.Add(Stopwatch.GetElapsedTime(due, answered).TotalMilliseconds);
            if (i % SampleEvery == 1)
            {
                var page = await reading.Send(Page(reader.Token, answer.NumberAfter("\"position\":"u8)));
                Visible.Add(Stopwatch.GetElapsedTime(answered).TotalMilliseconds);
                if (!page.IsAccepted)
                {
                    unexpected.Add(page);
                }
            }
        }
    }

    private static byte[] Page(string token, long position) => Encoding.ASCII.GetBytes(
        $"GET /api/partnerships?limit=1&minPosition={position} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");
}
