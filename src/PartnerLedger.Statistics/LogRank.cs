using MathNet.Numerics;

namespace PartnerLedger.Statistics;

/// <summary>
/// Whether two groups of partnerships meet an end, whichever it is, at different speeds: the log-rank chi-square with one degree of
/// freedom, and its p-value (0–1).
/// </summary>
public sealed record LogRank(double ChiSquare, double PValue)
{
    /// <summary>Null where no end was met while both groups were at risk, so that there is nothing to compare.</summary>
    public static LogRank? Test(IEnumerable<Course> first, IEnumerable<Course> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (one, other) = (AnyEnd(first), AnyEnd(second));
        var (difference, variance) = (0d, 0d);
        while (Earlier(one.NextEnd(), other.NextEnd()) is { } day)
        {
            one.MoveTo(day);
            other.MoveTo(day);
            var n = (double)one.AtRisk + other.AtRisk;
            var ended = (double)one.Ends[0] + other.Ends[0];
            var share = one.AtRisk / n;
            difference += one.Ends[0] - (ended * share);
            if (n > 1)
            {
                variance += ended * share * (other.AtRisk / n) * (n - ended) / (n - 1);
            }
        }

        if (variance <= 0)
        {
            return null;
        }

        var chiSquare = difference * difference / variance;
        return new LogRank(chiSquare, SpecialFunctions.Erfc(Math.Sqrt(chiSquare / 2)));
    }

    private static RiskSet AnyEnd(IEnumerable<Course> courses) =>
        new(courses.Select(course => course with { Cause = Math.Min(course.Cause, 1) }), 1);

    private static int? Earlier(int? one, int? other) =>
        one is null || other is null ? one ?? other : Math.Min(one.Value, other.Value);
}
