using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace PartnerLedger.Statistics;

/// <summary>
/// How many of the noted are in the first group, all margins given: Fisher's noncentral hypergeometric distribution. Sums go
/// outward from a term by the ratio of neighbours and stop where nothing is added any more, so that large tables are no trouble.
/// </summary>
internal sealed class Hypergeometric(long first, long second, long noted)
{
    // A table counts as no likelier than another in spite of rounding, as R has it.
    private const double Tolerance = 1e-7;
    private const double Negligible = 1e-17;

    public long Least { get; } = Math.Max(0, noted - second);

    public long Most { get; } = Math.Min(first, noted);

    /// <summary>The expected number at an odds ratio.</summary>
    public double Mean(double odds)
    {
        var mode = Mode(odds);
        var (sum, moment) = (1.0, 0.0);
        Upward(mode, odds, (x, weight) => (sum, moment) = (sum + weight, moment + (weight * (x - mode))));
        Downward(mode, odds, (x, weight) => (sum, moment) = (sum + weight, moment + (weight * (x - mode))));
        return mode + (moment / sum);
    }

    public double AtLeast(long x, double odds) => Tail(odds, y => y >= x);

    public double AtMost(long x, double odds) => Tail(odds, y => y <= x);

    /// <summary>The probability of tables that are no likelier than this one, at an odds ratio of 1.</summary>
    public double NoLikelierThan(long x)
    {
        var mode = Mode(1);
        var (here, top) = (LogWeight(x), LogWeight(mode));
        if (here + Tolerance >= top)
        {
            return 1;
        }

        var sum = x > mode ? Outward(x, up: true) : Outward(x, up: false);
        if (Mirror(x, mode, here) is { } mirror)
        {
            sum += Math.Exp(LogWeight(mirror) - here) * Outward(mirror, up: x < mode);
        }

        var all = Outward(mode, up: true) + Outward(mode, up: false) - 1;
        return Math.Min(1, Math.Exp(here - top) * sum / all);
    }

    /// <summary>The odds ratio at which a rising function is zero.</summary>
    public double OddsWhere(Func<double, double> rising)
    {
        var (low, high) = (-1.0, 1.0);
        while (rising(Math.Exp(low)) > 0)
        {
            (low, high) = (2 * low, low);
        }

        while (rising(Math.Exp(high)) < 0)
        {
            (low, high) = (high, 2 * high);
        }

        return Math.Exp(Brent.FindRoot(logarithm => rising(Math.Exp(logarithm)), low, high, 1e-12, 200));
    }

    private double Tail(double odds, Func<long, bool> isIn)
    {
        var mode = Mode(odds);
        var (sum, tail) = (1.0, isIn(mode) ? 1.0 : 0.0);
        Upward(mode, odds, Count);
        Downward(mode, odds, Count);
        return tail / sum;

        void Count(long x, double weight)
        {
            sum += weight;
            tail += isIn(x) ? weight : 0;
        }
    }

    // The nearest table on the other side of the mode that is no likelier; null where all there are likelier.
    private long? Mirror(long x, long mode, double here)
    {
        var (near, far) = (mode, x > mode ? Least : Most);
        if (LogWeight(far) > here + Tolerance)
        {
            return null;
        }

        while (Math.Abs(far - near) > 1)
        {
            var middle = near + ((far - near) / 2);
            (near, far) = LogWeight(middle) > here + Tolerance ? (middle, far) : (near, middle);
        }

        return far;
    }

    private double Outward(long from, bool up)
    {
        var sum = 1.0;
        if (up)
        {
            Upward(from, 1, (_, weight) => sum += weight);
        }
        else
        {
            Downward(from, 1, (_, weight) => sum += weight);
        }

        return sum;
    }

    // Weights relative to that of the start, which is not visited itself.
    private void Upward(long from, double odds, Action<long, double> visit)
    {
        var weight = 1.0;
        for (var x = from; x < Most && weight > Negligible; x++)
        {
            visit(x + 1, weight *= Ratio(x) * odds);
        }
    }

    private void Downward(long from, double odds, Action<long, double> visit)
    {
        var weight = 1.0;
        for (var x = from; x > Least && weight > Negligible; x--)
        {
            visit(x - 1, weight /= Ratio(x - 1) * odds);
        }
    }

    // The likeliest number: the first whose successor is less likely, for ratios only fall.
    private long Mode(double odds)
    {
        var (low, high) = (Least, Most);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Ratio(middle) * odds < 1 ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // The weight of x + 1 by that of x, at an odds ratio of 1.
    private double Ratio(long x) => (double)(first - x) / (x + 1) * ((double)(noted - x) / (second - noted + x + 1));

    private double LogWeight(long x) => LogBinomial(first, x) + LogBinomial(second, noted - x);

    private static double LogBinomial(long n, long k) =>
        SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(k + 1) - SpecialFunctions.GammaLn(n - k + 1);
}
