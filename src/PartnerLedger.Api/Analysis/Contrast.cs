using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>Which factors tell one kind of partnerships from another: two sets of states, and perhaps strata to compare within.</summary>
internal sealed class Contrast(ContrastParameters asked, Word<PartnershipState>[]? states)
{
    private readonly HashSet<PartnershipState> group = Chosen(asked.Group, states);
    private readonly HashSet<PartnershipState> versus = Chosen(asked.Versus, states);

    public Stratify? Strata { get; } = asked.Stratify?.Value;

    /// <summary>What the counts must be split by.</summary>
    public IReadOnlySet<By> By => Strata switch
    {
        Stratify.Sector => new HashSet<By> { Analysis.By.State, Analysis.By.Sectors },
        Stratify.Region => new HashSet<By> { Analysis.By.State, Analysis.By.Regions },
        _ => new HashSet<By> { Analysis.By.State },
    };

    /// <summary>The two sides, whose states are told as one.</summary>
    public IReadOnlyList<IReadOnlyList<PartnershipState>> Sides => [[.. group.Order()], [.. versus.Order()]];

    /// <summary>The partnerships that are meant: those of the group, and those it is set against.</summary>
    public IReadOnlyList<PartnershipState> States => [.. group.Union(versus).Order()];

    public void Check(Errors errors)
    {
        foreach (var (name, words, chosen) in new[] { ("group", asked.Group, group), ("versus", asked.Versus, versus) })
        {
            if (words is null or [])
            {
                errors.Add(name, $"Is required, one or more of {string.Join(", ", Words.All<PartnershipState>())}.");
            }
            else if (chosen.Count == 0)
            {
                errors.Add("state", $"Leaves no state of {name}.");
            }
        }

        if (group.Overlaps(versus))
        {
            errors.Add("versus", $"Must not share a state with group: {string.Join(", ", group.Intersect(versus).Order().Select(state => state.ToWord()))}.");
        }
    }

    /// <summary>What the strata tell apart.</summary>
    public IEnumerable<Dimension> Stratifies => Strata switch
    {
        Stratify.Sector => [Dimension.Sectors, Dimension.State],
        Stratify.Region => [Dimension.Regions, Dimension.State],
        _ => [],
    };

    /// <summary>The stratum that a partnership is in, on its side.</summary>
    public Stratum StratumOf(Side side, CountedCell cell) => new(
        side, Strata == Stratify.Sector ? cell.Sectors : null, Strata == Stratify.Region ? string.Join('+', cell.Regions) : null);

    /// <summary>The side that a partnership is on, if it is on any.</summary>
    public IEnumerable<Side> SidesOf(CountedCell cell) =>
        group.Contains(cell.State) ? [Side.Group] : versus.Contains(cell.State) ? [Side.Versus] : [];

    /// <summary>A row a factor, in the order of their codes. What is small is hidden, and with it whatever would give it away.</summary>
    /// <param name="counts">By side, and by stratum if any.</param>
    /// <param name="sides">By side alone.</param>
    /// <param name="hidden">What is hidden of the sides.</param>
    /// <param name="strata">What may be told of strata.</param>
    public IReadOnlyList<ContrastRow> Compare(IReadOnlyList<CountedFactor> counts, IReadOnlyList<CountedFactor> sides, HiddenSides hidden, ShownStrata strata)
    {
        var informants = sides.ToLookup(count => count.Factor!, StringComparer.Ordinal);
        var compared = counts.GroupBy(count => count.Factor!, StringComparer.Ordinal).OrderBy(factor => factor.Key, StringComparer.Ordinal)
            .Select(factor => Compare([.. factor], [.. informants[factor.Key]], hidden, strata)).ToList();

        // A hidden p-value must not show in its neighbours' q-values: it counts as the largest.
        var qValues = BenjaminiHochberg.QValues(compared.ConvertAll(row => row.PValue ?? 1));
        return [.. compared.Zip(qValues, (row, q) => row with { QValue = row.PValue is null ? null : q })];
    }

    private ContrastRow Compare(List<CountedFactor> cells, List<CountedFactor> sides, HiddenSides hidden, ShownStrata strata)
    {
        var table = Table(cells);
        var isHidden = hidden.Hides(Side.Group, table.Noted, Informants(sides, group)) || hidden.Hides(Side.Versus, table.VersusNoted, Informants(sides, versus));
        var row = new ContrastRow
        {
            Factor = cells[0].Factor!,
            Polarity = cells[0].Polarity,
            Topic = cells[0].Topic,
            Group = hidden.Tell(Side.Group, table.Noted, table.Of, isHidden),
            Versus = hidden.Tell(Side.Versus, table.VersusNoted, table.VersusOf, isHidden),
            Suppressed = isHidden,
        };
        return isHidden ? row with { Reason = Disclosure.TooSmall } : Estimate(row, table, cells, strata);
    }

    // The states of a side are told as one.
    private static long Informants(IEnumerable<CountedFactor> cells, HashSet<PartnershipState> side) =>
        cells.SingleOrDefault(cell => side.Contains(cell.State!.Value))?.Informants ?? 0;

    private ContrastRow Estimate(ContrastRow row, TwoByTwo table, List<CountedFactor> cells, ShownStrata shown)
    {
        var estimated = row with
        {
            RiskDifference = table.RiskDifference(),
            OddsRatio = table.OddsRatio(),
            ExactOddsRatio = table.ExactOddsRatio(),
            PValue = table.FisherPValue(),
        };
        if (Strata is null)
        {
            return estimated with { Reason = Reasons(estimated, table) };
        }

        var strata = shown.Tell(StrataOf(cells));
        estimated = estimated with { StratifiedOddsRatio = MantelHaenszel.CommonOddsRatio(strata.Tables) };
        return estimated with { Reason = Reasons(estimated, table, strata.Together.Count) };
    }

    /// <summary>The strata of one factor's counts.</summary>
    public IReadOnlyList<CountedStratum> StrataOf(IEnumerable<CountedFactor> cells) =>
    [
        .. cells.GroupBy(cell => (cell.Sectors, cell.Regions)).Select(alike => new CountedStratum(
            new(Side.Group, alike.Key.Sectors, alike.Key.Regions), new(Side.Versus, alike.Key.Sectors, alike.Key.Regions), Table(alike),
            Informants(alike, group), Informants(alike, versus))),
    ];

    // Why each missing estimate is missing.
    private string? Reasons(ContrastRow row, TwoByTwo table, int together = 0)
    {
        if (table.Of == 0 || table.VersusOf == 0)
        {
            return $"There is no partnership in {(table.Of == 0 ? "group" : "versus")}.";
        }

        var reasons = new List<string>();
        if (row.OddsRatio is null)
        {
            reasons.Add("oddsRatio: a cell of the table is empty.");
        }

        if (row.ExactOddsRatio is null)
        {
            reasons.Add("exactOddsRatio: all partnerships agree, so that no other table could have been.");
        }
        else if (row.ExactOddsRatio.Value is null || row.ExactOddsRatio.High is null)
        {
            reasons.Add("exactOddsRatio: has no upper end.");
        }

        if (Strata is not null && (row.StratifiedOddsRatio is null || together > 1))
        {
            reasons.Add(together == 0 ? "stratifiedOddsRatio: it would be zero, infinite or undefined, since noted in group times not noted in versus, or the reverse, is zero in every stratum."
                : row.StratifiedOddsRatio is null ? "stratifiedOddsRatio: counts of strata are too small to be shown, or would give hidden ones away."
                : $"stratifiedOddsRatio: {together} strata whose counts are too small to be shown, or would give hidden ones away, are taken as one.");
        }

        return reasons.Count == 0 ? null : string.Join(' ', reasons);
    }

    private TwoByTwo Table(IEnumerable<CountedFactor> cells)
    {
        var (noted, of, versusNoted, versusOf) = (0L, 0L, 0L, 0L);
        foreach (var cell in cells)
        {
            if (group.Contains(cell.State!.Value))
            {
                (noted, of) = (noted + cell.Noted, of + cell.Of);
            }
            else
            {
                (versusNoted, versusOf) = (versusNoted + cell.Noted, versusOf + cell.Of);
            }
        }

        return new(noted, of, versusNoted, versusOf);
    }

    private static HashSet<PartnershipState> Chosen(Word<PartnershipState>[]? words, Word<PartnershipState>[]? within) =>
        [.. (words ?? []).Where(word => within is null or [] || within.Contains(word)).Select(word => word.Value)];
}
