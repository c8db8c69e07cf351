using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>The part of a side that is compared within one stratum.</summary>
internal readonly record struct Stratum(Side Side, short? Sectors, string? Regions)
{
    /// <summary>A side as a whole.</summary>
    public static Stratum All(Side side) => new(side, null, null);
}

/// <summary>A stratum's table, and how many people noted what is told of on each side.</summary>
internal sealed record CountedStratum(Stratum Group, Stratum Versus, TwoByTwo Table, long Informants, long VersusInformants);

/// <summary>
/// Strata as they may be compared within: those that would give too small counts away are put together as one, and with them as many others
/// as it takes that this one is not too small itself.
/// </summary>
/// <param name="hidden">The strata of which it is hidden how many partnerships they have; null where that is all.</param>
/// <param name="threshold">The least number that may be told, zero aside.</param>
internal sealed class ShownStrata(IReadOnlySet<Stratum>? hidden, long threshold)
{
    /// <summary>The tables, and how many strata are one; no table where all would be.</summary>
    public (IReadOnlyList<TwoByTwo> Tables, int Together) Tell(IReadOnlyList<CountedStratum> strata)
    {
        var apart = strata.Where(stratum => hidden is not null && !hidden.Contains(stratum.Group) && !hidden.Contains(stratum.Versus) && !IsSmall(stratum))
            .OrderByDescending(stratum => Math.Min(stratum.Table.Noted, stratum.Table.VersusNoted))
            .ThenByDescending(stratum => stratum.Table.Of + stratum.Table.VersusOf)
            .ThenBy(stratum => stratum.Group.Sectors).ThenBy(stratum => stratum.Group.Regions, StringComparer.Ordinal)
            .ToList();
        var together = strata.Except(apart).ToList();
        while (apart.Count > 0 && together.Count > 0 && IsSmall(Sum(together)))
        {
            together.Add(apart[^1]);
            apart.RemoveAt(apart.Count - 1);
        }

        return apart.Count == 0 && strata.Count > 0 && together.Count > 0 ? ([], together.Count)
            : ([.. apart.Select(stratum => stratum.Table), .. together.Count == 0 ? [] : new[] { Sum(together).Table }], together.Count);
    }

    private bool IsSmall(CountedStratum stratum) =>
        new[] { stratum.Table.Noted, stratum.Table.VersusNoted, stratum.Table.Of, stratum.Table.VersusOf, stratum.Informants, stratum.VersusInformants }
            .Any(count => count > 0 && count < threshold);

    // Somebody may have told of several strata: at least as many did as of the one with most.
    private static CountedStratum Sum(IReadOnlyList<CountedStratum> strata) => new(
        Stratum.All(Side.Group), Stratum.All(Side.Versus),
        new(strata.Sum(one => one.Table.Noted), strata.Sum(one => one.Table.Of), strata.Sum(one => one.Table.VersusNoted), strata.Sum(one => one.Table.VersusOf)),
        strata.Max(one => one.Informants), strata.Max(one => one.VersusInformants));
}
