namespace PartnerLedger.Statistics;

/// <summary>How two factors go together, from the numbers of partnerships with both noted, only the first, only the second, and neither.</summary>
public sealed record CoOccurrence
{
    public CoOccurrence(long both, long onlyFirst, long onlySecond, long neither)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(both);
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        ArgumentOutOfRangeException.ThrowIfNegative(neither);
        var (a, b, c, d) = ((double)both, (double)onlyFirst, (double)onlySecond, (double)neither);
        var all = a + b + c + d;
        var margins = (a + b) * (c + d) * (a + c) * (b + d);
        Support = all > 0 ? a / all : null;
        Jaccard = a + b + c > 0 ? a / (a + b + c) : null;
        Lift = (a + b) * (a + c) > 0 ? a * all / ((a + b) * (a + c)) : null;
        Phi = margins > 0 ? ((a * d) - (b * c)) / Math.Sqrt(margins) : null;
    }

    /// <summary>The part (0–1) of all partnerships that have both noted; null of none.</summary>
    public double? Support { get; }

    /// <summary>The part (0–1) of those with either noted that have both; null where there are none.</summary>
    public double? Jaccard { get; }

    /// <summary>How many times more often both were noted than if they had nothing to do with each other; null where one was noted nowhere.</summary>
    public double? Lift { get; }

    /// <summary>Their correlation (−1 to 1); null where one was noted everywhere or nowhere.</summary>
    public double? Phi { get; }
}
