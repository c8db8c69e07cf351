namespace PartnerLedger.Api.Analysis;

/// <summary>What everybody who may ask knows of the whole ledger: its unfiltered summary, where what is too small and what would give that away is hidden.</summary>
internal sealed class PublicSummary
{
    private static readonly IReadOnlySet<Dimension>[] Each = [.. Enum.GetValues<Dimension>().Select(dimension => new HashSet<Dimension> { dimension })];

    private readonly long threshold;
    private readonly IReadOnlyList<SummaryMargin> margins;
    private readonly HashSet<SummaryMargin> hidden = [];

    public PublicSummary(IReadOnlyList<CountedCell> ledger, long threshold)
    {
        (Ledger, this.threshold) = (ledger, threshold);
        Partnerships = ledger.Sum(cell => cell.Partnerships);
        Regions = [.. ledger.SelectMany(cell => cell.Regions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        margins = SummaryMargin.All(Regions);
        foreach (var by in Each)
        {
            Hide(Kinds.Of(ledger.Select(cell => (cell, "")), by, [""], (_, _) => true), by);
        }
    }

    public IReadOnlyList<CountedCell> Ledger { get; }

    public long Partnerships { get; }

    /// <summary>Those that some partnership has.</summary>
    public IReadOnlyList<string> Regions { get; }

    public bool HidesPartnerships => Partnerships > 0 && Partnerships < threshold;

    public bool Hides(string measure, string word) => hidden.Any(margin => margin.Measure == measure && margin.Word == word);

    /// <summary>What it tells, and hides, of kinds that these dimensions tell apart.</summary>
    public IEnumerable<Margin> Of(Kinds kinds, IReadOnlySet<Dimension> by) => margins
        .Where(margin => by.Contains(margin.Dimension))
        .Select(margin => new Margin(kinds.Where((cell, _) => margin.Has(cell)), Count(margin)) { IsHidden = hidden.Contains(margin) })
        .Prepend(Total(kinds));

    public long Count(SummaryMargin margin) => Ledger.Where(margin.Has).Sum(cell => cell.Partnerships);

    private void Hide(Kinds kinds, IReadOnlySet<Dimension> by)
    {
        var told = margins.Where(margin => by.Contains(margin.Dimension)).ToList();
        var rows = told.ConvertAll(margin => new Margin(kinds.Where((cell, _) => margin.Has(cell)), Count(margin)) { MayBeHidden = true });
        rows.ForEach(row => row.IsHidden = row.Count > 0 && row.Count < threshold);
        if (!new SecondarySuppression(kinds.Counts, [Total(kinds), .. rows], threshold).Protect())
        {
            rows.ForEach(row => row.IsHidden = true);
        }

        hidden.UnionWith(told.Where((_, i) => rows[i].IsHidden));
    }

    private Margin Total(Kinds kinds) => new(kinds.Where((_, _) => true), Partnerships) { IsHidden = HidesPartnerships };
}
