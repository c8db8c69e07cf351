using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>How often partnerships go from one state to another in a year. What is small is hidden, and with it whatever would give it away.</summary>
internal static class Transitions
{
    private const double DaysInYear = 365.25;

    /// <summary>A row for every two states of which one may follow, or followed, the other.</summary>
    public static IReadOnlyList<TransitionRow> Compare(CountedMoves counted, IReadOnlySet<(PartnershipState From, PartnershipState To)> hidden, Func<long, bool> isSmall)
    {
        return [.. counted.Ways.Select(way => Row(way.From, way.To))];

        TransitionRow Row(PartnershipState from, PartnershipState to)
        {
            var (hidesMoves, hidesTime) = (hidden.Contains((from, to)), isSmall(counted.EverIn(from)));
            var moves = counted.Moved(from, to);
            var years = counted.DaysIn(from) / DaysInYear;
            var rate = hidesMoves || hidesTime ? null : Rate.Poisson(moves, years);
            return new()
            {
                From = from,
                To = to,
                Moves = hidesMoves ? null : moves,
                Years = hidesTime ? null : years,
                Rate = rate,
                Suppressed = hidesMoves || hidesTime,
                Reason = hidesMoves || hidesTime ? Disclosure.TooSmall : rate is null ? "No time was spent in the state." : null,
            };
        }
    }
}

/// <summary>How often partnerships went from one state to another, and at which rate; null is what cannot be estimated or shown.</summary>
internal sealed record TransitionRow
{
    public required PartnershipState From { get; init; }

    public required PartnershipState To { get; init; }

    /// <summary>A partnership that did so twice counts twice.</summary>
    public required long? Moves { get; init; }

    /// <summary>Partnership-years spent in the first state.</summary>
    public required double? Years { get; init; }

    /// <summary>Moves a partnership-year, with exact 95 % Poisson limits.</summary>
    public required Rate? Rate { get; init; }

    /// <summary>Whether numbers are too small to be shown.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>Why something is null.</summary>
    public required string? Reason { get; init; }
}
