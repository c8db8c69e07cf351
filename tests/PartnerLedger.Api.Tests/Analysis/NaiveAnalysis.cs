using PartnerLedger.Api.Analysis;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>Answers a question by counting one partnership after the other, as each is told by all its events up to the position.</summary>
internal sealed class NaiveAnalysis
{
    private static readonly Sector[] Sectors = Enum.GetValues<Sector>();

    private readonly AnalysisQuestion question;
    private readonly Dictionary<Guid, Partnership> each;
    private readonly List<Partnership> all;
    private readonly List<Partnership> chosen;
    private readonly Catalogue catalogue;

    public NaiveAnalysis(History history, AnalysisQuestion question)
    {
        var until = question.AsOf ?? long.MaxValue;
        this.question = question;
        each = history.Events.Where(e => e.Position <= until).GroupBy(e => e.Stream).ToDictionary(stream => stream.Key, stream => Partnership.Fold(stream.Select(e => e.Event))!);
        all = [.. each.Values];
        chosen = [.. all.Where(Chooses)];
        catalogue = history.Catalogue.Where(e => e.Position <= until).Aggregate(Catalogue.Empty, (sofar, e) => Catalogue.Fold(sofar, e.Event));
    }

    /// <summary>The partnerships that are meant and whose first event lies inside.</summary>
    public IEnumerable<KeyValuePair<Guid, Partnership>> Opened() => each.Where(p => Chooses(p.Value) && Inside(p.Value.OpenedOn!.Value));

    public IReadOnlyList<Partnership> Chosen => chosen;

    /// <summary>The factors that are asked for and that anybody noted anywhere, in the order of their codes.</summary>
    public IEnumerable<Factor> NotedAnywhere() => all.SelectMany(p => p.Notes).Select(n => n.Note.Factor).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal).Select(code => catalogue.Factors[code]).Where(question.Wants);

    /// <summary>A partnership's notes of factors that are asked for, from where it is asked for.</summary>
    public IEnumerable<FactorNoted> Wanted(Partnership partnership) => partnership.Notes.Select(n => n.Note)
        .Where(note => question.Wants(catalogue.Factors[note.Factor]) && (question.RegionOf == RegionOf.Partnership || question.Regions.Count == 0 || question.Regions.Contains(note.InformantRegion!)));

    public SummaryAnswer Summary(IReadOnlyList<string> regions)
    {
        var opened = chosen.Where(p => Inside(p.OpenedOn!.Value)).ToList();
        return new()
        {
            Partnerships = opened.Count,
            Informants = opened.SelectMany(Told).Select(told => told.Informant).OfType<Guid>().Distinct().Count(),
            BySector = Sectors.ToDictionary(sector => sector.ToWord(), sector => Count(p => p.Sectors.Contains(sector))),
            BySpan = new[] { "1", "2", "3", "undetermined" }.ToDictionary(span => span, span => Count(p => (p.Span?.ToString() ?? "undetermined") == span)),
            ByRegion = regions.ToDictionary(region => region, region => Count(p => RegionsOf(p).Contains(region))),
            ByState = Enum.GetValues<PartnershipState>().ToDictionary(state => state.ToWord(), state => Count(p => p.State == state)),
            RegionOf = question.RegionOf,
        };

        long? Count(Func<Partnership, bool> isIn) => opened.Count(isIn);
    }

    public List<FactorRow> Factors()
    {
        var rows = new List<FactorRow>();
        foreach (var (sector, combination, region, regions, state) in Cells())
        {
            var cell = chosen.Where(p => (sector is null || p.Sectors.Contains(sector.Value))
                && (combination is null || Combination(p) == combination)
                && (region is null || RegionsOf(p).Contains(region))
                && (regions is null || Regions(p) == regions)
                && (state is null || p.State == state)).ToList();
            if (cell.Count == 0)
            {
                continue;
            }

            foreach (var (code, topic, polarity) in Noted())
            {
                var notes = cell.Select(p => p.Notes.Where(n => Is(n.Note, code, topic, polarity) && Counts(n.Note, region)).ToList()).ToList();
                var noted = notes.Count(its => its.Count > 0);
                var proportion = Proportion.Wilson(noted, cell.Count)!;
                rows.Add(new()
                {
                    Factor = code,
                    Topic = topic,
                    Polarity = polarity,
                    Sector = sector,
                    Sectors = combination,
                    Region = region,
                    Regions = regions is "" ? "none" : regions,
                    State = state,
                    Noted = noted,
                    Of = cell.Count,
                    Informants = notes.SelectMany(its => its).Select(n => n.Note.Informant).OfType<Guid>().Distinct().Count(),
                    Share = proportion.Share,
                    Low = proportion.Low,
                    High = proportion.High,
                    Suppressed = false,
                });
            }
        }

        return rows;
    }

    private IEnumerable<(Sector? Sector, string? Combination, string? Region, string? Regions, PartnershipState? State)> Cells() =>
        from sector in question.By.Contains(By.Sector) ? Sectors.Cast<Sector?>() : [null]
        from combination in question.By.Contains(By.Sectors) ? Enumerable.Range(0, 8).Select(string? (bits) => SectorBits.ToWords((short)bits)) : [null]
        from region in question.By.Contains(By.Region) ? History.Regions.Cast<string?>() : [null]
        from regions in question.By.Contains(By.Regions) ? RegionSets() : [null]
        from state in question.By.Contains(By.State) ? Enum.GetValues<PartnershipState>().Cast<PartnershipState?>() : [null]
        select (sector, combination, region, regions, state);

    // Every factor that anybody noted anywhere, or its topic.
    private IEnumerable<(string? Code, string? Topic, Polarity? Polarity)> Noted() => all
        .SelectMany(p => p.Notes).Select(n => n.Note.Factor).Distinct()
        .Select(code => catalogue.Factors[code])
        .Where(question.Wants)
        .Select(factor => (Code: question.By.Contains(By.Topic) ? null : factor.Code, Topic: (string?)factor.Topic, Polarity: (Polarity?)factor.Polarity))
        .Distinct()
        .OrderBy(row => row.Code ?? row.Topic, StringComparer.Ordinal).ThenBy(row => row.Polarity);

    private bool Is(FactorNoted note, string? code, string? topic, Polarity? polarity) => code is not null
        ? note.Factor == code
        : catalogue.Factors[note.Factor] is var factor && question.Wants(factor) && factor.Topic == topic && factor.Polarity == polarity;

    private bool Counts(FactorNoted note, string? region) => Inside(note.OccurredOn)
        && (question.RegionOf == RegionOf.Partnership
            || (region is not null ? note.InformantRegion == region : question.Regions.Count == 0 || question.Regions.Contains(note.InformantRegion!)));

    private bool Chooses(Partnership p) =>
        (question.States.Count == 0 || question.States.Contains(p.State))
        && (question.Combination is null || question.Combination == SectorBits.Of(p.Sectors))
        && (question.Sectors.Count == 0 || question.Sectors.Any(p.Sectors.Contains))
        && (question.Regions.Count == 0 || question.Regions.Any(RegionsOf(p).Contains));

    /// <summary>The kind of partnership that it is.</summary>
    public CountedCell Cell(Partnership p) => new(
        p.State, SectorBits.Of([.. p.Sectors]), p.SectorsComplete, [.. RegionsOf(p).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], 1);

    private IReadOnlyList<string> RegionsOf(Partnership p) =>
        question.RegionOf == RegionOf.Partnership ? p.Regions : [.. p.Informants.Select(told => told.Region).OfType<string>()];

    private IEnumerable<StandingInformant> Told(Partnership p) => p.Informants.Where(told =>
        question.RegionOf == RegionOf.Partnership || question.Regions.Count == 0 || question.Regions.Contains(told.Region!));

    private IEnumerable<string?> RegionSets() => chosen.Select(Regions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private string Regions(Partnership p) => string.Join('+', RegionsOf(p).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public bool Inside(PartialDate date) => !(date.First < question.From) && !(date.Last > question.To);

    private static string Combination(Partnership p) => p.Sectors.Count == 0 ? "none" : string.Join('+', p.Sectors.Select(sector => sector.ToWord()));
}
