namespace PartnerLedger.Statistics;

/// <summary>In how many partnerships of one kind a factor was noted, and in how many of another.</summary>
public sealed record TwoByTwo
{
    public TwoByTwo(long noted, long of, long versusNoted, long versusOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(noted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(noted, of);
        ArgumentOutOfRangeException.ThrowIfNegative(versusNoted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(versusNoted, versusOf);
        (Noted, Of, VersusNoted, VersusOf) = (noted, of, versusNoted, versusOf);
    }

    public long Noted { get; }

    public long Of { get; }

    public long VersusNoted { get; }

    public long VersusOf { get; }

    /// <summary>Share less share, with Newcombe's hybrid score limits (1998); null where one side has nobody.</summary>
    public Estimate? RiskDifference()
    {
        if (Proportion.Wilson(Noted, Of) is not { } first || Proportion.Wilson(VersusNoted, VersusOf) is not { } second)
        {
            return null;
        }

        var difference = first.Share - second.Share;
        return new(
            difference,
            difference - double.Hypot(first.Share - first.Low, second.High - second.Share),
            difference + double.Hypot(first.High - first.Share, second.Share - second.Low));
    }

    /// <summary>Odds by odds, with Woolf's limits (1955); null where a cell is empty.</summary>
    public Estimate? OddsRatio()
    {
        var (a, b, c, d) = ((double)Noted, (double)(Of - Noted), (double)VersusNoted, (double)(VersusOf - VersusNoted));
        if (a * b * c * d == 0)
        {
            return null;
        }

        var logarithm = Math.Log(a / b) - Math.Log(c / d);
        var half = StandardNormal.Z975 * Math.Sqrt((1 / a) + (1 / b) + (1 / c) + (1 / d));
        return new(Math.Exp(logarithm), Math.Exp(logarithm - half), Math.Exp(logarithm + half));
    }

    /// <summary>The conditional estimate and its exact limits, 2.5 % in each tail of Fisher's noncentral hypergeometric distribution; null where the margins leave one table.</summary>
    public ExactOddsRatio? ExactOddsRatio()
    {
        var tables = new Hypergeometric(Of, VersusOf, Noted + VersusNoted);
        if (tables.Least == tables.Most)
        {
            return null;
        }

        const double tail = 0.025;
        return new(
            Noted == tables.Least ? 0 : Noted == tables.Most ? null : tables.OddsWhere(odds => tables.Mean(odds) - Noted),
            Noted == tables.Least ? 0 : tables.OddsWhere(odds => tables.AtLeast(Noted, odds) - tail),
            Noted == tables.Most ? null : tables.OddsWhere(odds => tail - tables.AtMost(Noted, odds)));
    }

    /// <summary>Fisher's exact test, two-sided: the probability, did the factor not matter, of a table that is no likelier than this one; null where one side has nobody.</summary>
    public double? FisherPValue() =>
        Of == 0 || VersusOf == 0 ? null : new Hypergeometric(Of, VersusOf, Noted + VersusNoted).NoLikelierThan(Noted);
}
