namespace PartnerLedger.Statistics;

/// <summary>One odds ratio over strata, each compared within itself (Mantel and Haenszel 1959).</summary>
public static class MantelHaenszel
{
    /// <summary>With the limits of Robins, Breslow and Greenland (1986); null where no stratum has partnerships of both kinds that differ both ways.</summary>
    public static Estimate? CommonOddsRatio(IReadOnlyCollection<TwoByTwo> strata)
    {
        var (r, s, pr, psqr, qs) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var stratum in strata)
        {
            var n = (double)(stratum.Of + stratum.VersusOf);
            if (n == 0)
            {
                continue;
            }

            var (a, b, c, d) = (stratum.Noted / n, (stratum.Of - stratum.Noted) / n, stratum.VersusNoted / n, (stratum.VersusOf - stratum.VersusNoted) / n);
            var (forIt, against) = (a * d * n, b * c * n);
            r += forIt;
            s += against;
            pr += (a + d) * forIt;
            psqr += ((a + d) * against) + ((b + c) * forIt);
            qs += (b + c) * against;
        }

        if (r == 0 || s == 0)
        {
            return null;
        }

        var logarithm = Math.Log(r / s);
        var half = StandardNormal.Z975 * Math.Sqrt((pr / (2 * r * r)) + (psqr / (2 * r * s)) + (qs / (2 * s * s)));
        return new(r / s, Math.Exp(logarithm - half), Math.Exp(logarithm + half));
    }
}
