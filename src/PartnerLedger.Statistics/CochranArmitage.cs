using MathNet.Numerics;

namespace PartnerLedger.Statistics;

/// <summary>Whether shares rise or fall along ordered groups: the Cochran–Armitage test for trend, by a χ² of one degree of freedom and its two-sided p-value.</summary>
/// <param name="Slope">How much the share (0–1) changes from one score to the next, by weighted least squares.</param>
/// <param name="ChiSquare">The test's statistic.</param>
/// <param name="PValue">The probability, were there no trend, of a statistic that is no smaller.</param>
public sealed record CochranArmitage(double Slope, double ChiSquare, double PValue)
{
    /// <summary>Null where there is only one group that has anybody, or all are alike.</summary>
    /// <param name="groups">Noted, of how many, and the group's score, such as a year.</param>
    public static CochranArmitage? Test(IReadOnlyCollection<(long Noted, long Of, double Score)> groups)
    {
        var (all, noted, scores) = (0.0, 0.0, 0.0);
        foreach (var group in groups)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(group.Noted, nameof(groups));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(group.Noted, group.Of, nameof(groups));
            (all, noted, scores) = (all + group.Of, noted + group.Noted, scores + (group.Of * group.Score));
        }

        var (share, mean) = (noted / all, scores / all);
        var (together, spread) = (0.0, 0.0);
        foreach (var group in groups)
        {
            // Around the mean score, so that years lose no digits.
            var score = group.Score - mean;
            (together, spread) = (together + (score * (group.Noted - (group.Of * share))), spread + (group.Of * score * score));
        }

        if (!(share * (1 - share) * spread > 0))
        {
            return null;
        }

        var chiSquare = together * together / (share * (1 - share) * spread);
        return new(together / spread, chiSquare, SpecialFunctions.Erfc(Math.Sqrt(chiSquare / 2)));
    }
}
