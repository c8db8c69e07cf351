namespace PartnerLedger.Statistics;

/// <summary>The value, in the values' own unit, below which a given part (0–1) of them lies, interpolated as R's type 7 does.</summary>
public static class Quantile
{
    /// <summary>Null where there are no values.</summary>
    public static double? Type7(IReadOnlyList<double> values, double probability)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
        }

        if (!values.All(double.IsFinite))
        {
            throw new ArgumentOutOfRangeException(nameof(values), "Only finite values have quantiles.");
        }

        if (values.Count == 0)
        {
            return null;
        }

        double[] sorted = [.. values];
        Array.Sort(sorted);
        var position = (sorted.Length - 1) * probability;
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        var part = position - below;
        return Math.Clamp(((1 - part) * sorted[below]) + (part * sorted[above]), sorted[below], sorted[above]);
    }
}
