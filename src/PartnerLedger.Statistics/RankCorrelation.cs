namespace PartnerLedger.Statistics;

/// <summary>How far two orders of the same things agree (−1 reversed, 1 the same): Spearman's ρ, with mid-ranks for ties.</summary>
public static class RankCorrelation
{
    /// <summary>Null where there are fewer than two things, or where one side sets none above another.</summary>
    public static double? Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
        {
            throw new ArgumentException("Both sides must rank the same things.", nameof(y));
        }

        var (one, other) = (CentredRanks(x, nameof(x)), CentredRanks(y, nameof(y)));
        var (together, first, second) = (0d, 0d, 0d);
        for (var i = 0; i < one.Length; i++)
        {
            together += one[i] * other[i];
            first += one[i] * one[i];
            second += other[i] * other[i];
        }

        return first > 0 && second > 0 ? Math.Clamp(together / (Math.Sqrt(first) * Math.Sqrt(second)), -1, 1) : null;
    }

    private static double[] CentredRanks(IReadOnlyList<double> values, string name)
    {
        if (values.Any(double.IsNaN))
        {
            throw new ArgumentOutOfRangeException(name, "What is not a number has no rank.");
        }

        double[] sorted = [.. values];
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (var (start, end) = (0, 0); start < sorted.Length; start = end)
        {
            while (end < sorted.Length && sorted[end].Equals(sorted[start]))
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - sorted.Length) / 2d;
            }
        }

        return ranks;
    }
}
