namespace PartnerLedger.Benchmarks.Harness;

/// <summary>Figures out of many.</summary>
internal static class Figures
{
    public static double Median(this IEnumerable<double> values) => Percentile([.. values.Order()], 50);

    /// <summary>The value that so many percent do not exceed; NaN of nothing.</summary>
    public static double Percentile(this double[] ascending, int percent) =>
        ascending.Length == 0 ? double.NaN : ascending[Math.Clamp((int)Math.Ceiling(ascending.Length * percent / 100.0) - 1, 0, ascending.Length - 1)];
}
