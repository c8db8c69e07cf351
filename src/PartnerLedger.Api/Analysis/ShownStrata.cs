using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>The part of a side that is compared within one stratum.</summary>
internal readonly record struct Stratum(Side Side, short? Sectors, string? Regions)
{
    /// <summary>A side as a whole.</summary>
    public static Stratum All(Side side) => new(side, null, null);
}

/// <summary>A stratum's table, and how many people noted what is told of on each side.</summary>
internal sealed record CountedStratum(Stratum Group, Stratum Versus, TwoByTwo Table, long Informants, long VersusInformants)
{
    /// <summary>Several as one. Somebody may have told of several: at least as many did as of the one with most.</summary>
    public static CountedStratum Sum(IReadOnlyList<CountedStratum> strata) => new(
        Stratum.All(Side.Group), Stratum.All(Side.Versus),
        new(strata.Sum(one => one.Table.Noted), strata.Sum(one => one.Table.Of), strata.Sum(one => one.Table.VersusNoted), strata.Sum(one => one.Table.VersusOf)),
        strata.Max(one => one.Informants), strata.Max(one => one.VersusInformants));
}

/// <summary>Strata as they are compared within: those that are told apart, and those that are one.</summary>
internal sealed record ToldStrata(IReadOnlyList<CountedStratum> Apart, IReadOnlyList<CountedStratum> Together)
{
    /// <summary>No table where all strata would be one.</summary>
    public IReadOnlyList<TwoByTwo> Tables => Together.Count == 0 ? [.. Apart.Select(stratum => stratum.Table)]
        : Apart.Count == 0 ? []
        : [.. Apart.Append(CountedStratum.Sum(Together)).Select(stratum => stratum.Table)];
}

/// <summary>
/// Strata as they may be compared within: those that would give too small counts away are put together as one, and with them as many others
/// as it takes that this one is not too small itself, and leaves each of the small counts in it room enough.
/// </summary>
/// <param name="hidden">The strata of which it is hidden how many partnerships they have; null where that is all.</param>
/// <param name="threshold">The least number that may be told, zero aside.</param>
internal sealed class ShownStrata(IReadOnlySet<Stratum>? hidden, long threshold)
{
    public ToldStrata Tell(IReadOnlyList<CountedStratum> strata)
    {
        var apart = strata.Where(stratum => hidden is not null && !hidden.Contains(stratum.Group) && !hidden.Contains(stratum.Versus) && !IsSmall(stratum))
            .OrderByDescending(stratum => Math.Min(stratum.Table.Noted, stratum.Table.VersusNoted))
            .ThenByDescending(stratum => stratum.Table.Of + stratum.Table.VersusOf)
            .ThenBy(stratum => stratum.Group.Sectors).ThenBy(stratum => stratum.Group.Regions, StringComparer.Ordinal)
            .ToList();
        var together = strata.Except(apart).ToList();
        while (apart.Count > 0 && together.Count > 0 && GiveAway(together))
        {
            together.Add(apart[^1]);
            apart.RemoveAt(apart.Count - 1);
        }

        return new(apart, together);
    }

    private bool GiveAway(List<CountedStratum> together)
    {
        var sum = CountedStratum.Sum(together);
        return IsSmall(sum) || together.Exists(one =>
            IsNarrow(one.Group, one.Table.Noted, one.Table.Of, one.Informants, sum.Table.Noted, sum.Table.Of)
            || IsNarrow(one.Versus, one.Table.VersusNoted, one.Table.VersusOf, one.VersusInformants, sum.Table.VersusNoted, sum.Table.VersusOf));
    }

    // Where nearly all of the others have it noted, what is noted of all leaves a small count little room; unless it is hidden of how many it is.
    private bool IsNarrow(Stratum stratum, long noted, long of, long informants, long allNoted, long all) =>
        (IsSmall(noted) || IsSmall(informants)) && hidden?.Contains(stratum) == false
        && Math.Min(allNoted, of) - Math.Max(0, allNoted - (all - of)) < threshold;

    private bool IsSmall(CountedStratum stratum) =>
        new[] { stratum.Table.Noted, stratum.Table.VersusNoted, stratum.Table.Of, stratum.Table.VersusOf, stratum.Informants, stratum.VersusInformants }.Any(IsSmall);

    private bool IsSmall(long count) => count > 0 && count < threshold;
}
