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

    public SummaryAnswer Answer(Counted<CountedPartnerships> counted, RegionOf regionOf, IReadOnlyList<string> regions)
    {
        var (cells, informants) = Open(counted);
        return new()
        {
            Partnerships = Show(cells.Sum(cell => cell.Partnerships)),
            Informants = Show(informants),
            BySector = Tell(Enum.GetValues<Sector>(), sector => sector.ToWord(), (cell, sector) => SectorBits.Has(cell.Sectors, sector)),
            BySpan = Tell(["1", "2", "3", "undetermined"], span => span, (cell, span) => cell.Span == span),
            ByRegion = Tell(
                regions.Union(cells.SelectMany(cell => cell.Regions).Order(StringComparer.Ordinal), StringComparer.Ordinal),
                region => region, (cell, region) => cell.Regions.Contains(region)),
            ByState = Tell(Enum.GetValues<PartnershipState>(), state => state.ToWord(), (cell, state) => cell.State == state),
            RegionOf = regionOf,
        };

        Dictionary<string, long?> Tell<T>(IEnumerable<T> all, Func<T, string> word, Func<CountedCell, T, bool> isIn) =>
            all.ToDictionary(word, one => Show(cells.Where(cell => isIn(cell, one)).Sum(cell => cell.Partnerships)));
    }

    public IReadOnlyList<FactorRow> Answer(Counted<IReadOnlyList<CountedFactor>> counted) => [.. Open(counted).Select(Answer)];

    /// <summary>A contrast whose small counts, and what would give them away, are left out.</summary>
    public IReadOnlyList<ContrastRow> Answer(Counted<IReadOnlyList<CountedFactor>> counted, Contrast contrast) => contrast.Compare(Open(counted), IsSmall);

    /// <summary>Topics side by side, without small counts and what would give them away.</summary>
    public ComplementarityTopics Answer(Counted<IReadOnlyList<CountedFactor>> counted, Complementarity complementarity) =>
        complementarity.Compare(Open(counted), IsSmall);

    /// <summary>Pairs of factors, without small counts and what would give them away.</summary>
    public IReadOnlyList<CooccurrenceRow> Answer(Counted<IReadOnlyList<CountedPair>> counted) => Cooccurrence.Compare(Open(counted), IsSmall);

    /// <summary>Factors by year, without small counts and what would give them away.</summary>
    public IReadOnlyList<TrendRow> Answer(Counted<IReadOnlyList<CountedYears>> counted) => Trend.Compare(Open(counted), IsSmall);

    /// <summary>How probable each end is, without the points that would give small counts away.</summary>
    public IncidenceCurves Answer(Counted<CountedCourses> counted, TimeToEnd ends, bool compares) => ends.Estimate(Open(counted), compares, IsSmall);

    /// <summary>Moves between states, without small counts and what would give them away.</summary>
    public IReadOnlyList<TransitionRow> Answer(Counted<CountedMoves> counted) => Transitions.Compare(Open(counted), Threshold);

    /// <summary>A brief, without small counts and what would give them away, in its sentences too.</summary>
    public Briefing Answer(Counted<CountedBrief> counted) => new Brief(Open(counted), IsSmall).Draw();

    private static T Open<T>(Counted<T> counted) => ((ISealed<T>)counted).Open();

    private FactorRow Answer(CountedFactor row)
    {
        var isSuppressed = IsSmall(row.Of) || IsSmall(row.Noted) || IsSmall(row.Informants);
        var proportion = isSuppressed ? null : Proportion.Wilson(row.Noted, row.Of);
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
            Noted = isSuppressed ? null : row.Noted,
            Of = Show(row.Of),
            Informants = isSuppressed ? null : row.Informants,
            Share = proportion?.Share,
            Low = proportion?.Low,
            High = proportion?.High,
            Suppressed = isSuppressed,
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
