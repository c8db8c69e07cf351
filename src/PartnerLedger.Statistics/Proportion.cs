namespace PartnerLedger.Statistics;

/// <summary>How large a part of a whole was noted (0–1), with the 95 % Wilson score interval around it.</summary>
public sealed record Proportion(double Share, double Low, double High)
{
    /// <summary>Null where there is no whole to have a part of.</summary>
    public static Proportion? Wilson(long noted, long of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(noted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(noted, of);
        if (of == 0)
        {
            return null;
        }

        const double z = StandardNormal.Z975;
        var n = (double)of;
        var share = noted / n;
        var centre = (share + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z / (1 + (z * z / n)) * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));

        // At the ends the limit is exact; rounding must not move it past the share.
        return new Proportion(
            share,
            noted == 0 ? 0 : Math.Clamp(centre - half, 0, share),
            noted == of ? 1 : Math.Clamp(centre + half, share, 1));
    }
}
