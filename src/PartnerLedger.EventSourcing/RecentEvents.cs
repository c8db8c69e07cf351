namespace PartnerLedger.EventSourcing;

/// <summary>
/// The events that this node appended last: whoever follows the ledger here need not read them from the database, nor decode and fold them
/// anew. Holds nothing that is not committed.
/// </summary>
/// <param name="committed">The last position this node knows to be committed, by whichever node.</param>
public sealed class RecentEvents(PositionSignal committed)
{
    private const int Capacity = 4_096;

    // What is longer is left to the database, so that what is kept here stays small.
    private const int LongestData = 4_096;
    private const int LongestStream = 500;

    // Each at its position modulo the capacity, so that a newer one takes the place of an old one.
    private readonly RecordedEvent?[] places = new RecordedEvent?[Capacity];

    /// <summary>Adds what has just been committed; the position is told to those who wait for it after that.</summary>
    /// <param name="position">The position before the first of them.</param>
    internal void Add(long position, DateTime recordedAt, IReadOnlyList<AppendRequest> requests)
    {
        foreach (var request in requests)
        {
            var version = request.ExpectedVersion;
            var actor = request.Metadata.Actor.ToString();
            foreach (var e in request.Proposal.Events)
            {
                (position, version) = (position + 1, version + 1);
                if (e.Data.Length > LongestData)
                {
                    continue;
                }

                var recorded = new RecordedEvent
                {
                    Position = position,
                    Version = version,
                    Id = e.Id,
                    StreamId = request.Stream.Id,
                    StreamType = request.Stream.Type,
                    Type = e.Type,
                    Data = e.Data,
                    RecordedAt = recordedAt,
                    Actor = actor,
                    CorrelationId = request.Metadata.CorrelationId,
                    CausationId = request.Metadata.CausationId,
                };
                recorded.Keep(e.Content, version == request.Version && version <= LongestStream ? request.Proposal.State : null);
                Volatile.Write(ref places[position % Capacity], recorded);
            }
        }
    }

    /// <summary>Forgets all: the database that is connected to from now on may be another one.</summary>
    internal void Clear() => Array.Clear(places);

    /// <summary>The events after a position, as many as are known to be committed, wanted and allowed; null unless every one of them is here.</summary>
    internal IReadOnlyList<RecordedEvent>? After(long position, long toPosition, int limit)
    {
        var count = Math.Min(Math.Min(committed.Position, toPosition) - position, limit);
        if (count is <= 0 or > Capacity)
        {
            return null;
        }

        var events = new RecordedEvent[count];
        for (var i = 0; i < events.Length; i++)
        {
            var at = position + 1 + i;
            if (Volatile.Read(ref places[at % Capacity]) is not { } recorded || recorded.Position != at)
            {
                return null;
            }

            events[i] = recorded;
        }

        return events;
    }
}
