using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>One thing that is tried, told by numbers; whether it is accepted is for the domain to say.</summary>
internal sealed record Act(int Who, int What, int A, int B, int C, bool Cut);

/// <summary>What was appended to a ledger, in its order, and the catalogue beside it.</summary>
internal sealed class History
{
    public static readonly string[] Codes = ["N-TRUST", "S-TRUST", "N-FUND", "S-FUND"];
    public static readonly string[] Regions = ["africa", "eu-plus", "middle-east"];

    private static readonly FreeText Why = FreeText.Commit(new byte[32], "because");
    private readonly Dictionary<int, (Guid Id, List<IPartnershipEvent> Events)> partnerships = [];

    public List<(long Position, Guid Stream, IPartnershipEvent Event)> Events { get; } = [];

    public List<(long Position, ICatalogueEvent Event)> Catalogue { get; } = [];

    public static Guid Informant(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>Appends what comes of an act; false where nothing does.</summary>
    public async Task<bool> Do(Act act, AnalysisLedger ledger)
    {
        if (act.What == 0)
        {
            var code = Codes[act.A % Codes.Length];
            var revised = new FactorRevised
            {
                Code = code,
                Topic = act.B % 2 == 0 ? "TRUST" : "FUND",
                Polarity = (Polarity)(act.C % 2),
                Label = code,
                Mitigations = [],
            };
            Catalogue.Add((await ledger.Append(revised), revised));
            return true;
        }

        if (!partnerships.TryGetValue(act.Who, out var partnership))
        {
            partnerships.Add(act.Who, partnership = (Guid.CreateVersion7(), []));
        }

        var decision = Decide(Partnership.Fold(partnership.Events), act, partnership.Events);
        if (!decision.IsAccepted || decision.Events.Count == 0)
        {
            return false;
        }

        var last = await ledger.Append(partnership.Id, decision.Events);
        Events.AddRange(decision.Events.Select((e, i) => (last - decision.Events.Count + 1 + i, partnership.Id, e)));
        partnership.Events.AddRange(decision.Events);
        return true;
    }

    public async Task Define(AnalysisLedger ledger)
    {
        var defined = StarterCatalogue.Events.Where(e => Codes.Contains(e.Code)).ToList();
        var last = await ledger.Append(defined);
        Catalogue.AddRange(defined.Select((e, i) => (last - defined.Count + 1 + i, (ICatalogueEvent)e)));
    }

    public static Decision<IPartnershipEvent> Decide(Partnership? state, Act act, List<IPartnershipEvent> events) => (state, act.What) switch
    {
        (null, _) => Partnership.Open(Lifecycle.Openings[act.A % 3], new Opening
        {
            Name = "x",
            Partners = [.. Enumerable.Range(0, act.B % 3).Select(i => new Partner { Sector = (Sector)((act.C + i) % 3) })],
            SectorsComplete = act.C % 4 != 0,
            Regions = SomeRegions(act.A + act.B),
            Informant = SomeInformant(act.A),
            InformantRegion = SomeRegion(act.C),
            OccurredOn = SomeDay(act.B),
        }),
        (_, 1 or 2) => Step(state, act),
        (_, 3) => state.AddPartner(new Partner { Sector = (Sector)(act.A % 3) }, act.B % 3 == 0 ? null : act.B % 3 == 1, SomeDay(act.C)),
        (_, 4) => state.ChangeRegions(SomeRegions(act.A)),
        (_, 5) => state.Withdraw((act.A % state.Version) + 1, Why),
        (_, 6 or 7) => state.Correct((act.A % state.Version) + 1, Why, Replace(events[(int)(act.A % state.Version)], act)),
        _ => state.NoteFactors(
            [.. Enumerable.Range(0, (act.B % 2) + 1).Select(i => Note(act with { A = act.A + i }))]),
    };

    private static Decision<IPartnershipEvent> Step(Partnership state, Act act)
    {
        var next = Lifecycle.Allowed(state.State);
        var (who, where, on) = (SomeInformant(act.B), SomeRegion(act.C), SomeDay(act.C));
        return next.Count == 0
            ? Decision<IPartnershipEvent>.Accepted()
            : next[act.A % next.Count] switch
            {
                PartnershipState.Proposed => state.Propose(null, who, where, on),
                PartnershipState.Undeveloped => state.Undevelop(null, who, where, on),
                PartnershipState.Active => state.Activate(null, who, where, on),
                PartnershipState.Struggling => state.Struggle(null, who, where, on),
                PartnershipState.Failed => state.Fail(null, who, where, on),
                PartnershipState.Successful => state.Succeed(null, who, where, on),
                _ => state.End(null, who, where, on),
            };
    }

    private static Replacement Replace(IPartnershipEvent e, Act act) => (e, act.B % 4) switch
    {
        (FactorNoted, 0) => Factor(act.C),
        (StageEvent, 0) => new() { Regions = Optional<IReadOnlyList<string>>.Of(SomeRegions(act.C)) },
        (StageEvent, 1) => new() { Partners = Optional<IReadOnlyList<Partner>>.Of([new Partner { Sector = (Sector)(act.C % 3) }]), SectorsComplete = act.C % 2 == 0 },
        (PartnerJoined, _) => new() { Sector = (Sector)(act.C % 3) },
        (RegionsChanged, _) => new() { Regions = Optional<IReadOnlyList<string>>.Of(SomeRegions(act.C)) },
        (_, 2) => new() { OccurredOn = SomeDay(act.C) },
        _ => new() { Informant = SomeInformant(act.C) is { } who ? who : Optional<Guid>.Null, InformantRegion = SomeRegion(act.A) is { } where ? where : Optional<string>.Null },
    };

    private static Replacement Factor(int c) => new() { Factor = Codes[c % Codes.Length], Polarity = Polarity.Negative, Topic = "TRUST" };

    private static FactorNoted Note(Act act) => new()
    {
        Factor = Codes[act.A % Codes.Length],
        Polarity = Polarity.Negative,
        Topic = "TRUST",
        Informant = SomeInformant(act.B),
        InformantRegion = SomeRegion(act.C),
        OccurredOn = SomeDay(act.A + act.C),
    };

    private static Guid? SomeInformant(int n) => n % 4 == 0 ? null : Informant(n % 4);

    private static string? SomeRegion(int n) => n % 4 == 0 ? null : Regions[n % 3];

    private static string[] SomeRegions(int n) => [.. Regions.Where((_, i) => (n >> i & 1) == 1).Order(n % 5 == 0 ? Comparer<string>.Create((a, b) => StringComparer.Ordinal.Compare(b, a)) : StringComparer.Ordinal)];

    private static PartialDate SomeDay(int n) => PartialDate.Parse((n % 5) switch
    {
        0 => "2023",
        1 => "2024",
        2 => $"2023-{(n % 12) + 1:00}",
        3 => $"2024-{(n % 12) + 1:00}",
        _ => $"2023-{(n % 12) + 1:00}-15",
    });
}
