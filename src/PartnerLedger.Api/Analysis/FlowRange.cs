namespace PartnerLedger.Api.Analysis;

/// <summary>
/// How far a number on one way between places may be from what it is, where only those on some other ways are unknown too and every place's
/// balance is known: what is more on one way must go round on the others, none of which can fall below zero (Ford–Fulkerson).
/// </summary>
internal sealed class FlowRange
{
    private const long Unlimited = long.MaxValue / 4;

    private readonly List<(int From, int To, long Count)> unknown = [];

    public void Add(int from, int to, long count) => unknown.Add((from, to, count));

    /// <summary>How many values the number may have beside its own, counted only up to what is enough.</summary>
    public long Width(int from, int to, long count, long enough)
    {
        var more = Round(to, from, enough);
        return more + Round(from, to, Math.Min(count, enough - more));
    }

    // How much can go round from one place to another, at most so much.
    private long Round(int from, int to, long most)
    {
        var room = new Dictionary<(int From, int To), long>();
        foreach (var way in unknown)
        {
            Widen((way.From, way.To), Unlimited);
            Widen((way.To, way.From), way.Count);
        }

        var sent = 0L;
        while (sent < most && Path(room, from, to) is { } path)
        {
            var sending = Math.Min(most - sent, path.Min(step => room[step]));
            sent += sending;
            foreach (var step in path)
            {
                room[step] -= sending;
                Widen((step.To, step.From), sending);
            }
        }

        return sent;

        void Widen((int From, int To) step, long by) => room[step] = Math.Min(Unlimited, room.GetValueOrDefault(step) + by);
    }

    // The shortest, so that few are needed.
    private static List<(int From, int To)>? Path(Dictionary<(int From, int To), long> room, int from, int to)
    {
        var cameFrom = new Dictionary<int, int> { [from] = from };
        var places = new Queue<int>([from]);
        while (places.TryDequeue(out var place) && place != to)
        {
            foreach (var step in room.Keys.Where(step => step.From == place && room[step] > 0).OrderBy(step => step.To))
            {
                if (cameFrom.TryAdd(step.To, place))
                {
                    places.Enqueue(step.To);
                }
            }
        }

        if (!cameFrom.ContainsKey(to))
        {
            return null;
        }

        var path = new List<(int, int)>();
        for (var place = to; place != from; place = cameFrom[place])
        {
            path.Add((cameFrom[place], place));
        }

        return path;
    }
}
