namespace PartnerLedger.Api.Analysis;

/// <summary>What a summary of some partnerships may tell beside the summary of all of them.</summary>
internal sealed class ShownSummary
{
    private readonly Population population;
    private readonly IReadOnlyList<CountedCell> chosen;
    private readonly long threshold;
    private readonly IReadOnlyList<SummaryMargin> margins;
    private readonly HashSet<SummaryMargin> hidden = [];

    public ShownSummary(PublicSummary all, AnalysisQuestion question, IReadOnlyList<CountedCell> chosen, long threshold)
    {
        (this.chosen, this.threshold) = (chosen, threshold);
        population = Population.Of(all, question, threshold, chosen);
        margins = SummaryMargin.All(all.Regions);
        var isProtected = population.Hidden<int>(_ => [0], [], tellsNotes: false) is { Count: 0 }
            && Enum.GetValues<Dimension>().Aggregate(true, (sofar, dimension) => Protect(all, new HashSet<Dimension> { dimension }) && sofar);
        if (!isProtected)
        {
            // Then nothing is told that does not follow from the summary of all.
            HidesPartnerships = !population.IsKnown;
            hidden = [.. margins.Where(margin => !population.Knows(margin))];
        }
    }

    public bool HidesPartnerships { get; }

    public bool Hides(string measure, string word) => hidden.Any(margin => margin.Measure == measure && margin.Word == word);

    // A partnership changes its kind in one dimension at a time and keeps all else, the question's choice included: by dimension, then.
    private bool Protect(PublicSummary all, HashSet<Dimension> by)
    {
        var dimension = by.Single();
        var partnerships = population.Told(dimension).ToList();
        var labels = partnerships.Select(one => one.Label).Distinct(StringComparer.Ordinal).ToList();
        var kinds = Kinds.Of(partnerships, by, labels, (cell, label) => population.IsAsTold(dimension, cell, label));
        var told = margins.Where(margin => margin.Dimension == dimension).ToList();
        var rows = told.ConvertAll(margin => new Margin(kinds.Where((cell, label) => Population.IsIn(label) && margin.Has(cell)), Count(margin.Has))
        {
            MayBeHidden = true,
            IsHidden = IsSmall(margin.Has),
        });
        var groups = labels.Select(group => new Margin(
            kinds.Where((_, label) => label == group), partnerships.Where(one => one.Label == group).Sum(one => one.Cell.Partnerships)));
        var isProtected = new SecondarySuppression(kinds.Counts, [.. all.Of(kinds, by), .. groups, .. rows], threshold).Protect();
        hidden.UnionWith(told.Where((_, i) => rows[i].IsHidden));
        return isProtected;
    }

    private bool IsSmall(Func<CountedCell, bool> counts) => Count(counts) is var count && count > 0 && count < threshold;

    private long Count(Func<CountedCell, bool> counts) => chosen.Where(counts).Sum(cell => cell.Partnerships);
}
