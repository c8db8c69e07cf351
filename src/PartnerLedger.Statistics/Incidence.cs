namespace PartnerLedger.Statistics;

/// <summary>
/// The probability (0–1) of having met one end by a day, with pointwise 95 % limits on the complementary log-log scale; where that
/// scale has no width (nobody or everybody met it, or no variance), the limits are the value.
/// </summary>
public sealed record Incidence(double Value, double Low, double High)
{
    // A sum of parts of one must not miss it by rounding.
    private const double One = 1 - 1e-12;

    internal static Incidence From(double value, double variance)
    {
        value = value > One ? 1 : value;
        if (value is <= 0 or >= 1 || variance <= 0)
        {
            return new Incidence(value, value, value);
        }

        var rest = 1 - value;
        var width = StandardNormal.Z975 * Math.Sqrt(variance) / Math.Abs(rest * Math.Log(rest));
        return new Incidence(
            value,
            Math.Clamp(1 - Math.Pow(rest, Math.Exp(-width)), 0, value),
            Math.Clamp(1 - Math.Pow(rest, Math.Exp(width)), value, 1));
    }
}
