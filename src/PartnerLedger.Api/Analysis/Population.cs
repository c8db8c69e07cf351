using PartnerLedger.Domain;

namespace PartnerLedger.Api.Analysis;

/// <summary>
/// The partnerships that a question is about, beside all others: which of an answer's rows may tell how many partnerships they have,
/// so that neither they nor the unfiltered summary give away what either hides.
/// </summary>
internal sealed class Population(PublicSummary summary, AnalysisQuestion question, long threshold)
{
    private const string In = "in";
    private const string Out = "out";

    // Where the day of the first event matters, a partnership may be of the right kind and yet be out.
    private IReadOnlyList<CountedCell>? Dated { get; init; }

    /// <summary>A population that days choose, too.</summary>
    public static Population Of(PublicSummary summary, AnalysisQuestion question, long threshold, IReadOnlyList<CountedCell> dated) =>
        new(summary, question, threshold) { Dated = question.From is null && question.To is null ? null : dated };

    /// <summary>Which rows are hidden, those included that have no partnership and whose absence would tell; null where no row at all may be told.</summary>
    /// <param name="rows">The rows that a partnership is counted in.</param>
    /// <param name="by">What the rows tell apart, beside what the question does.</param>
    /// <param name="tellsNotes">Whether the rows tell what was noted of their partnerships.</param>
    public IReadOnlySet<TRow>? Hidden<TRow>(Func<CountedCell, IEnumerable<TRow>> rows, IEnumerable<Dimension> by, bool tellsNotes)
        where TRow : notnull => Protect(rows, by, tellsNotes, mayBeSilent: false)?.Hidden;

    /// <summary>
    /// The same of rows that tell what was noted of their partnerships; and those of which that is kept back alone, because the unfiltered summary tells how
    /// many partnerships they have.
    /// </summary>
    public (IReadOnlySet<TRow> Hidden, IReadOnlySet<TRow> Silent)? HiddenOrSilent<TRow>(Func<CountedCell, IEnumerable<TRow>> rows, IEnumerable<Dimension> by)
        where TRow : notnull => Protect(rows, by, tellsNotes: true, mayBeSilent: true);

    private (IReadOnlySet<TRow> Hidden, IReadOnlySet<TRow> Silent)? Protect<TRow>(
        Func<CountedCell, IEnumerable<TRow>> rows, IEnumerable<Dimension> by, bool tellsNotes, bool mayBeSilent)
        where TRow : notnull
    {
        var (kinds, told) = Beside(by);
        var counts = Labelled().Where(one => one.Label == In).SelectMany(one => rows(one.Cell).Select(row => (row, one.Cell.Partnerships)))
            .GroupBy(one => one.row).ToDictionary(one => one.Key, one => one.Sum(counted => counted.Partnerships));
        var keys = kinds.All.Where(kind => kind.Label == In).SelectMany(kind => rows(kind.Cell)).Union(counts.Keys).ToList();
        var margins = keys.ConvertAll(key => new Margin(kinds.Where((cell, label) => label == In && rows(cell).Contains(key)), counts.GetValueOrDefault(key))
        {
            MayBeHidden = true,
            TellsNotes = tellsNotes,
            MayBeSilent = mayBeSilent,
            IsThere = counts.GetValueOrDefault(key) > 0,
        });
        margins.ForEach(margin => margin.IsHidden = margin.Count > 0 && margin.Count < threshold);
        return new SecondarySuppression(kinds.Counts, [.. told, .. margins], threshold).Protect()
            ? (keys.Where((_, i) => margins[i].IsHidden).ToHashSet(), keys.Where((_, i) => margins[i] is { IsHidden: false, TellsNotes: false }).ToHashSet())
            : null;
    }

    /// <summary>The kinds that the question tells apart, and these dimensions, and what the unfiltered summary says of them.</summary>
    public (Kinds Kinds, IEnumerable<Margin> Told) Beside(IEnumerable<Dimension> by)
    {
        var dimensions = Choosing.Concat(by).ToHashSet();
        var kinds = Kinds.Of(Labelled(), dimensions, [In, Out], MayBe);
        return (kinds, summary.Of(kinds, dimensions));
    }

    /// <summary>The same, where the partnerships that the question is about are told apart by more: each under a label of its own, which not every kind may have.</summary>
    public (Kinds Kinds, IEnumerable<Margin> Told) Beside(
        IEnumerable<Dimension> by, IReadOnlyList<(CountedCell Cell, string Label)> chosen, IReadOnlyList<string> labels, Func<CountedCell, string, bool> mayBe)
    {
        var dimensions = Choosing.Concat(by).ToHashSet();
        var inside = Kinds.Project(chosen.Select(one => one.Cell), dimensions).ToDictionary(Key, cell => cell.Partnerships, StringComparer.Ordinal);
        var outside = Kinds.Project(summary.Ledger, dimensions)
            .Select(cell => (cell with { Partnerships = cell.Partnerships - inside.GetValueOrDefault(Key(cell)) }, Out));
        var kinds = Kinds.Of(
            chosen.Concat(outside), dimensions, [.. labels, Out], (cell, label) => label == Out ? MayBe(cell, Out) : MayBe(cell, In) && mayBe(cell, label));
        return (kinds, summary.Of(kinds, dimensions));
    }

    /// <summary>Whether the unfiltered summary alone tells how many partnerships the question is about.</summary>
    public bool IsKnown => Dated is null && question switch
    {
        { States.Count: 0, Sectors: [var sector], Regions.Count: 0 } => !summary.Hides(SummaryMargin.BySector, sector.ToWord()),
        { States.Count: 0, Sectors.Count: 0, Regions: [var region] } => !summary.Hides(SummaryMargin.ByRegion, region),
        { Sectors.Count: 0, Regions.Count: 0 } => question.States.All(state => !summary.Hides(SummaryMargin.ByState, state.ToWord())),
        _ => false,
    };

    /// <summary>Whether the unfiltered summary alone tells how many of these partnerships are counted there.</summary>
    public bool Knows(SummaryMargin margin)
    {
        var isChosen = margin.Measure switch
        {
            SummaryMargin.BySector => question.Sectors.Select(sector => sector.ToWord()).SequenceEqual([margin.Word], StringComparer.Ordinal),
            SummaryMargin.ByRegion => question.Regions.SequenceEqual([margin.Word], StringComparer.Ordinal),
            SummaryMargin.ByState => question.States.Any(state => state.ToWord() == margin.Word),
            _ => false,
        };
        return (margin.Measure == SummaryMargin.ByState && question.States.Count > 0 && !isChosen)
            || (!summary.Hides(margin.Measure, margin.Word) && (summary.Count(margin) == 0 || (isChosen && Dated is null && Choosing.Count() == 1)));
    }

    private bool MayBe(CountedCell cell, string label) => label == In ? Chooses(cell) : Dated is not null || !Chooses(cell);

    private IEnumerable<Dimension> Choosing => Enum.GetValues<Dimension>().Where(question.ChoosesBy);

    /// <summary>The partnerships that the question is about.</summary>
    public IEnumerable<CountedCell> Chosen => Labelled().Where(one => one.Label == In).Select(one => one.Cell);

    /// <summary>Whether a label says that its partnerships are those that the question is about.</summary>
    public static bool IsIn(string label) => label.StartsWith(In, StringComparison.Ordinal);

    /// <summary>Every partnership; its label tells whether it is in the population, and whether it is one of those that the question chooses by a dimension.</summary>
    public IEnumerable<(CountedCell Cell, string Label)> Told(Dimension by) =>
        Labelled().Select(one => (one.Cell, $"{one.Label} {Chooses(one.Cell, by)}"));

    /// <summary>Whether a kind that differs in this dimension only may still have the label.</summary>
    public bool IsAsTold(Dimension by, CountedCell cell, string label) => label.EndsWith($" {Chooses(cell, by)}", StringComparison.Ordinal);

    private bool Chooses(CountedCell cell) => Array.TrueForAll(Enum.GetValues<Dimension>(), by => Chooses(cell, by));

    private bool Chooses(CountedCell cell, Dimension by) => by switch
    {
        Dimension.Sectors => (question.Sectors.Count == 0 || (cell.Sectors & SectorBits.Of(question.Sectors)) != 0)
            && (question.Combination is null || cell.Sectors == question.Combination),
        Dimension.Regions => question.Regions.Count == 0 || question.Regions.Any(region => cell.Regions.Contains(region, StringComparer.Ordinal)),
        _ => question.States.Count == 0 || question.States.Contains(cell.State),
    };

    private IEnumerable<(CountedCell Cell, string Label)> Labelled()
    {
        if (Dated is null)
        {
            return summary.Ledger.Select(cell => (cell, Chooses(cell) ? In : Out));
        }

        var chosen = Dated.ToDictionary(Key, cell => cell.Partnerships, StringComparer.Ordinal);
        return Dated.Select(cell => (cell, In))
            .Concat(summary.Ledger.Select(cell => (cell with { Partnerships = cell.Partnerships - chosen.GetValueOrDefault(Key(cell)) }, Out)));
    }

    private static string Key(CountedCell cell) => $"{(int)cell.State} {cell.Sectors} {cell.IsComplete} {string.Join('+', cell.Regions)}";
}

