using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>How pairs of factors go together. What is small is hidden, and with it whatever would give it away.</summary>
internal static class Cooccurrence
{
    /// <summary>A row a pair that was asked for; those that are hidden tell of a factor only what another row tells.</summary>
    public static IReadOnlyList<CooccurrenceRow> Compare(IReadOnlyList<CountedPair> pairs, Func<CountedPair, bool> isHidden, Func<string, bool> isTold)
    {
        var rows = pairs.Where(pair => pair.IsAsked).Select(pair => isHidden(pair) ? Hide(pair, isTold) : Row(pair)).ToList();

        // A hidden p-value must not show in its neighbours' q-values: it counts as the largest.
        var qValues = BenjaminiHochberg.QValues(rows.ConvertAll(row => row.PValue ?? 1));
        return [.. rows.Zip(qValues, (row, q) => row with { QValue = row.PValue is null ? null : q })];
    }

    private static CooccurrenceRow Hide(CountedPair pair, Func<string, bool> isTold) => new()
    {
        First = pair.First,
        Second = pair.Second,
        FirstNoted = isTold(pair.First) ? pair.FirstNoted : null,
        SecondNoted = isTold(pair.Second) ? pair.SecondNoted : null,
        Of = pair.Of,
        Suppressed = true,
        Reason = Disclosure.TooSmall,
    };

    private static CooccurrenceRow Row(CountedPair pair)
    {
        var together = new CoOccurrence(pair.Both, pair.OnlyFirst, pair.OnlySecond, pair.Neither);
        var table = new TwoByTwo(pair.Both, pair.FirstNoted, pair.OnlySecond, pair.Of - pair.FirstNoted);
        var (odds, p) = (table.OddsRatio(), table.FisherPValue());
        return new()
        {
            First = pair.First,
            Second = pair.Second,
            Both = pair.Both,
            FirstNoted = pair.FirstNoted,
            SecondNoted = pair.SecondNoted,
            Of = pair.Of,
            Support = together.Support,
            Jaccard = together.Jaccard,
            Lift = together.Lift,
            Phi = together.Phi,
            OddsRatio = odds,
            PValue = p,
            Suppressed = false,
            Reason = p is null ? "A factor that was noted of every partnership goes with all others alike."
                : odds is null ? "oddsRatio: a cell of the table is empty."
                : null,
        };
    }
}
