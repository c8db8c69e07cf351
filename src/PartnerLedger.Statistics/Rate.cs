using MathNet.Numerics;

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

    private static double GammaQuantile(double shape, double probability, double z)
    {
        if (shape < ManyEvents)
        {
            return SpecialFunctions.GammaLowerRegularizedInv(shape, probability);
        }

        var root = 1 - (1 / (9 * shape)) + (z / (3 * Math.Sqrt(shape)));
        return shape * root * root * root;
    }
}
