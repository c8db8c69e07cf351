using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>How pairs of factors go together. What is small is hidden, and with it whatever would give it away.</summary>
internal static class Cooccurrence
{
    public static IReadOnlyList<CooccurrenceRow> Compare(IReadOnlyList<CountedPair> pairs, Func<long, bool> isSmall)
    {
        var rows = pairs.Select(pair => Row(pair, isSmall)).ToList();

        // A hidden p-value must not show in its neighbours' q-values: it counts as the largest.
        var qValues = BenjaminiHochberg.QValues(rows.ConvertAll(row => row.PValue ?? 1));
        return [.. rows.Zip(qValues, (row, q) => row with { QValue = row.PValue is null ? null : q })];
    }

    private static CooccurrenceRow Row(CountedPair pair, Func<long, bool> isSmall)
    {
        long[] counts = [pair.Both, pair.OnlyFirst, pair.OnlySecond, pair.Neither, pair.FirstInformants, pair.SecondInformants];
        if (Array.Exists(counts, count => isSmall(count)))
        {
            return new()
            {
                First = pair.First,
                Second = pair.Second,
                Of = isSmall(pair.Of) ? null : pair.Of,
                Suppressed = true,
                Reason = Disclosure.TooSmall,
            };
        }

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
