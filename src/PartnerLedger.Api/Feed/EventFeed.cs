using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using PartnerLedger.Api.Http;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Feed;

/// <summary>Tells the ledger as server-sent events: first what is there, then each event as it is committed, on whichever node.</summary>
internal sealed class EventFeed(EventStore store, PositionSignal committed, TimeProvider clock)
{
    private const int EventsAPage = 500;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // Who is gone without a word is noticed when something is sent; and what sits between does not take the connection for dead.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    /// <summary>Tells every event after a position, until cancelled; and how many it has told so far to whom that concerns.</summary>
    public async Task Tell(long after, PipeWriter output, Action<long> count, CancellationToken cancellationToken)
    {
        // At once, so that the client sees that it is heard, and knows after how many milliseconds to come back.
        output.Write("retry: 1000\n\n"u8);
        var told = clock.GetTimestamp();
        await output.FlushAsync(cancellationToken);
        var events = 0L;
        while (true)
        {
            var known = committed.Position;
            var page = await store.ReadAll(after, EventsAPage, cancellationToken);
            if (page.Count > 0)
            {
                Write(page, output);
                after = page[^1].Position;
                events += page.Count;
                count(events);
            }
            else if (clock.GetElapsedTime(told) > LongestSilence)
            {
                output.Write(": nothing new\n\n"u8);
            }
            else
            {
                await Wait(after, known, cancellationToken);
                continue;
            }

            told = clock.GetTimestamp();
            await output.FlushAsync(cancellationToken);
        }
    }

    // A database that is behind what this node knows was replaced by an older one: waiting for the signal would not be waiting.
    private async Task Wait(long after, long known, CancellationToken cancellationToken)
    {
        if (known > after)
        {
            await Task.Delay(Poll, clock, cancellationToken);
        }
        else
        {
            await committed.TryWaitUntil(after + 1, Poll, clock, cancellationToken);
        }
    }

    private static void Write(IReadOnlyList<RecordedEvent> page, PipeWriter output)
    {
        foreach (var recorded in page)
        {
            Encoding.UTF8.GetBytes($"id: {recorded.Position}\ndata: ", output);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(FeedEvent.Of(recorded), Json.Options));
            output.Write("\n\n"u8);
        }
    }
}
