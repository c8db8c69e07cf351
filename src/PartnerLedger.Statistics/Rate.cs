using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace PartnerLedger.Statistics;

/// <summary>How often something happened per unit of person-time (in the unit of the time given), with exact 95 % Poisson limits.</summary>
public sealed record Rate(double Value, double Low, double High)
{
    /// <summary>From here on the root finder loses digits, and the approximation has none to lose.</summary>
    private const double ManyEvents = 1e6;

    /// <summary>Null where nobody was watched for any time.</summary>
    public static Rate? Poisson(long events, double personTime)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfNegative(personTime);
        if (!double.IsFinite(personTime))
        {
            throw new ArgumentOutOfRangeException(nameof(personTime), personTime, "Person-time is a finite span.");
        }

        // Half the chi-square quantile with 2n degrees of freedom is the gamma quantile of shape n.
        var low = events == 0 ? 0 : GammaQuantile(events, .025, -StandardNormal.Z975) / personTime;
        var high = GammaQuantile(events + 1d, .975, StandardNormal.Z975) / personTime;
        return double.IsFinite(high) ? new Rate(events / personTime, low, high) : null;
    }

    // The library's own inverse leaves the positive numbers on the way to some quantiles, and fails: the root is looked for between bounds.
    private static double GammaQuantile(double shape, double probability, double z)
    {
        var root = 1 - (1 / (9 * shape)) + (z / (3 * Math.Sqrt(shape)));
        var approximate = shape * root * root * root;
        if (shape >= ManyEvents)
        {
            return approximate;
        }

        var deviation = Math.Sqrt(shape);
        return Brent.FindRoot(
            x => SpecialFunctions.GammaLowerRegularized(shape, x) - probability,
            Math.Max(0, approximate - deviation), approximate + deviation, shape * 1e-14, maxIterations: 1_000);
    }
}
