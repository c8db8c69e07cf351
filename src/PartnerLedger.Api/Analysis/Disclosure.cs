using PartnerLedger.Api.Security;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>
/// What a caller may see of what was counted. Whatever a query counts comes as <see cref="Counted{T}"/>, and nothing else can
/// open it: an answer that goes round the rules does not compile.
/// </summary>
internal sealed class Disclosure
{
    /// <summary>Why nothing follows from what is hidden.</summary>
    public const string TooSmall = "The counts are too small to be shown, and what follows from them would give them away.";

    private const long Off = 1;

    private Disclosure(long threshold) => Threshold = threshold;

    private interface ISealed<out T>
    {
        T Open();
    }

    /// <summary>The least number of partnerships or informants that is shown, zero aside; 1 shows all.</summary>
    public long Threshold { get; }

    /// <summary>Whether moments and days are only taken by whole months, lest two answers tell what happened between.</summary>
    public bool IsByMonth => HidesSmallCounts;

    public bool HidesSmallCounts => Threshold > Off;

    /// <summary>Leaders and auditors know the partnerships themselves; whoever is neither sees no small counts.</summary>
    public static Disclosure For(IReadOnlySet<Role> roles, long threshold) =>
        new(roles.Contains(Role.Leader) || roles.Contains(Role.Auditor) ? Off : threshold);

    /// <summary>How many partnerships there are, as far as it may be told beside the unfiltered summary of the ledger.</summary>
    public SummaryAnswer Answer(
        Counted<CountedPartnerships> counted, Counted<CountedPartnerships> ledger, AnalysisQuestion question, IReadOnlyList<string> regions)
    {
        var (cells, informants) = Open(counted);
        var (hidesPartnerships, hides) = Hides(cells, ledger, question);
        var margins = SummaryMargin.All(regions.Union(cells.SelectMany(cell => cell.Regions).Order(StringComparer.Ordinal), StringComparer.Ordinal));
        return new()
        {
            Partnerships = hidesPartnerships ? null : cells.Sum(cell => cell.Partnerships),
            // That nobody told of the whole ledger would tell it of every row that is hidden.
            Informants = hidesPartnerships || (HidesSmallCounts && informants == 0 && cells.Count > 0) ? null : Show(informants),
            BySector = Tell(SummaryMargin.BySector),
            BySpan = Tell(SummaryMargin.BySpan),
            ByRegion = Tell(SummaryMargin.ByRegion),
            ByState = Tell(SummaryMargin.ByState),
            RegionOf = question.RegionOf,
        };

        Dictionary<string, long?> Tell(string measure) => margins.Where(margin => margin.Measure == measure).ToDictionary(
            margin => margin.Word,
            long? (margin) => hides(measure, margin.Word) ? null : cells.Where(margin.Has).Sum(cell => cell.Partnerships));
    }

    /// <summary>Factors, without small counts and what would give them away.</summary>
    public IReadOnlyList<FactorRow> Answer(Counted<IReadOnlyList<CountedFactor>> counted, Counted<CountedPartnerships> ledger, AnalysisQuestion question)
    {
        var rows = Open(counted);
        return HidesSmallCounts
            ? [.. new ShownFactors(Public(ledger), Open(ledger).Informants, question, Threshold).Tell(rows).Select(told => Answer(told.Row, told.HidesOf, told.IsHidden))]
            : [.. rows.Select(row => Answer(row, hidesOf: false, isHidden: false))];
    }

    /// <summary>A contrast whose small counts, and what would give them away, are left out.</summary>
    /// <param name="sides">The same, where strata are not told apart.</param>
    public IReadOnlyList<ContrastRow> Answer(
        Counted<IReadOnlyList<CountedFactor>> counted, Counted<IReadOnlyList<CountedFactor>> sides, Counted<CountedPartnerships> ledger,
        AnalysisQuestion question, Contrast contrast) =>
        Sides(ledger, question, contrast.SidesOf) is { } hidden
            ? contrast.Compare(Open(counted), Open(sides), hidden, Strata(ledger, question, contrast, hidden))
            : [];

    /// <summary>What the strata of a contrast are taken for, where some may be told.</summary>
    public ShownStrata? Strata(Counted<CountedPartnerships> ledger, AnalysisQuestion question, Contrast contrast) =>
        Sides(ledger, question, contrast.SidesOf) is { } hidden ? Strata(ledger, question, contrast, hidden) : null;

    /// <summary>Topics side by side, without small counts and what would give them away.</summary>
    public ComplementarityTopics Answer(
        Counted<IReadOnlyList<CountedFactor>> counted, Counted<CountedPartnerships> ledger, AnalysisQuestion question, Complementarity complementarity) =>
        Sides(ledger, question, complementarity.SidesOf) is { } hidden ? complementarity.Compare(Open(counted), hidden) : new([], null, null, TooSmall);

    /// <summary>Pairs of factors, without small counts and what would give them away.</summary>
    public IReadOnlyList<CooccurrenceRow> Answer(
        Counted<IReadOnlyList<CountedPair>> counted, Counted<IReadOnlyList<CountedProfile>> profiles, Counted<CountedPartnerships> ledger, AnalysisQuestion question)
    {
        if (!HidesSmallCounts)
        {
            return Cooccurrence.Compare(Open(counted), _ => false, _ => true);
        }

        var shown = TellsPopulation(ledger, question) ? new ShownPairs(Open(counted), Open(profiles), Threshold) : null;
        return shown is { TellsNothing: false } ? Cooccurrence.Compare(Open(counted), shown.Hides, shown.Told.Contains) : [];
    }

    /// <summary>Whether a pair has counts that are too small to be shown.</summary>
    public bool HidesAny(Counted<IReadOnlyList<CountedPair>> counted) => HidesSmallCounts && Open(counted).Any(pair => ShownPairs.IsSmall(pair, Threshold));

    /// <summary>Factors by year, without small counts and what would give them away.</summary>
    public IReadOnlyList<TrendRow> Answer(Counted<IReadOnlyList<CountedYears>> counted, Counted<CountedPartnerships> ledger, AnalysisQuestion question)
    {
        var factors = Open(counted);
        return factors.Count > 0 && TellsPopulation(ledger, question) && Trend.Hidden(factors[0].Years, Threshold) is { } hiddenYears
            ? Trend.Compare(factors, hiddenYears, IsSmall)
            : [];
    }

    /// <summary>How probable each end is, without the points that would give small counts away.</summary>
    public IncidenceCurves Answer(Counted<CountedCourses> counted, Counted<CountedPartnerships> ledger, LifeQuestion question, TimeToEnd ends)
    {
        var courses = Open(counted);
        var most = HidesSmallCounts
            ? new ToldLives(Population.Of(Public(ledger), question.Partnerships, Threshold, courses.Chosen), question, courses.Lives, Threshold).Most
            : Told.Groups;
        return ends.Estimate(courses, question.Compares, most, IsSmall);
    }

    /// <summary>Moves between states, without small counts and what would give them away.</summary>
    /// <param name="chosen">The partnerships that the question is about.</param>
    public IReadOnlyList<TransitionRow> Answer(
        Counted<CountedMoves> counted, Counted<CountedPartnerships> ledger, Counted<CountedPartnerships> chosen, AnalysisQuestion question)
    {
        var moves = Open(counted);
        return Transitions.Compare(
            moves, HidesSmallCounts ? HiddenMoves.Of(moves, Population.Of(Public(ledger), question, Threshold, Open(chosen).Cells), Threshold) : HiddenMoves.None, IsSmall);
    }

    /// <summary>A brief, without small counts and what would give them away, in its sentences too.</summary>
    public Briefing Answer(Counted<CountedBrief> counted, Counted<CountedPartnerships> ledger, AnalysisQuestion question)
    {
        var hidden = HidesSmallCounts
            ? new Population(Public(ledger), question, Threshold).Hidden<Fate>(cell => [CountedBrief.FateOf(cell.State)], [Dimension.State], tellsNotes: true)
            : new HashSet<Fate>();
        return new Brief(Open(counted), hidden, Threshold, question.IsNarrowed).Draw();
    }

    private static T Open<T>(Counted<T> counted) => ((ISealed<T>)counted).Open();

    private PublicSummary Public(Counted<CountedPartnerships> ledger) => new(Open(ledger).Cells, Threshold);

    private (bool HidesPartnerships, Func<string, string, bool> Hides) Hides(
        IReadOnlyList<CountedCell> cells, Counted<CountedPartnerships> ledger, AnalysisQuestion question)
    {
        if (!HidesSmallCounts)
        {
            return (false, (_, _) => false);
        }

        var all = Public(ledger);
        if (question is { ChoosesPartnerships: false, From: null, To: null })
        {
            return (all.HidesPartnerships, all.Hides);
        }

        var shown = new ShownSummary(all, question, cells, Threshold);
        return (shown.HidesPartnerships, shown.Hides);
    }

    // Null where no row at all may be told.
    private HiddenSides? Sides(Counted<CountedPartnerships> ledger, AnalysisQuestion question, Func<CountedCell, IEnumerable<Side>> sidesOf)
    {
        var hidden = HidesSmallCounts ? new Population(Public(ledger), question, Threshold).Hidden(sidesOf, [Dimension.State], tellsNotes: true) : new HashSet<Side>();
        return hidden is null ? null : new(hidden, Threshold);
    }

    private ShownStrata Strata(Counted<CountedPartnerships> ledger, AnalysisQuestion question, Contrast contrast, HiddenSides sides) =>
        new(HiddenStrata(ledger, question, contrast, sides), Threshold);

    // Null where no stratum may be told, beside both sides as a whole.
    private IReadOnlySet<Stratum>? HiddenStrata(Counted<CountedPartnerships> ledger, AnalysisQuestion question, Contrast contrast, HiddenSides sides)
    {
        if (contrast.Strata is null || !HidesSmallCounts)
        {
            return new HashSet<Stratum>();
        }

        var hidden = sides.Sides.Count > 0
            ? null
            : new Population(Public(ledger), question, Threshold).Hidden(
                cell => contrast.SidesOf(cell).SelectMany(side => new[] { contrast.StratumOf(side, cell), Stratum.All(side) }), contrast.Stratifies, tellsNotes: false);
        return hidden?.Any(stratum => stratum == Stratum.All(stratum.Side)) == false ? hidden : null;
    }

    // Whether it may be told of how many partnerships a question is.
    private bool TellsPopulation(Counted<CountedPartnerships> ledger, AnalysisQuestion question) =>
        !HidesSmallCounts || new Population(Public(ledger), question, Threshold).Hidden<int>(_ => [0], [], tellsNotes: true) is { Count: 0 };

    private static FactorRow Answer(CountedFactor row, bool hidesOf, bool isHidden)
    {
        var proportion = isHidden ? null : Proportion.Wilson(row.Noted, row.Of);
        return new()
        {
            Factor = row.Factor,
            Polarity = row.Polarity,
            Topic = row.Topic,
            Sector = row.Sector,
            Sectors = row.Sectors is { } sectors ? SectorBits.ToWords(sectors) : null,
            Region = row.Region,
            Regions = row.Regions is "" ? SectorBits.None : row.Regions,
            State = row.State,
            Noted = isHidden ? null : row.Noted,
            Of = hidesOf ? null : row.Of,
            Informants = isHidden ? null : row.Informants,
            Share = proportion?.Share,
            Low = proportion?.Low,
            High = proportion?.High,
            Suppressed = isHidden,
        };
    }

    private bool IsSmall(long count) => count > 0 && count < Threshold;

    private long? Show(long count) => IsSmall(count) ? null : count;

    /// <summary>What a query counted, sealed until it is disclosed, and the position up to which it counted.</summary>
    internal sealed class Counted<T>(T counts, long position) : ISealed<T>
    {
        /// <summary>The position that the read model had reached.</summary>
        public long Position { get; } = position;

        T ISealed<T>.Open() => counts;
    }
}
