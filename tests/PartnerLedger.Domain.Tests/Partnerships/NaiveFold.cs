using System.Text.Json.Nodes;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Tests.Partnerships;

/// <summary>What a partnership's events mean, told a second time: slowly, from all events at once, correcting their JSON.</summary>
internal static class NaiveFold
{
    private static readonly string[] Lifecycle = ["!occurredOn", "reason", "informant", "informantRegion"];

    /// <summary>The events that stand, by version, with their corrections applied.</summary>
    public static IReadOnlyList<(long Version, IPartnershipEvent Event)> Standing(IReadOnlyList<IPartnershipEvent> all)
    {
        var standing = new List<(long, IPartnershipEvent)>();
        for (var version = 1; version <= all.Count; version++)
        {
            var about = all.Skip(version).Where(e => Target(e) == version).ToList();
            if (Target(all[version - 1]) is not null || all[version - 1] is TextErased || about.LastOrDefault() is EventWithdrawn) continue;
            standing.Add((version, about.OfType<EventCorrected>().Aggregate(all[version - 1], Corrected)));
        }

        return standing;
    }

    public static string Tell(IReadOnlyList<IPartnershipEvent> all)
    {
        var standing = Standing(all);
        var events = standing.Select(s => s.Event).ToList();
        var partners = Partners(standing);
        var sectors = partners.Select(p => p.Partner.Sector).Distinct().Order().ToList();
        var complete = Last(events, e => (e as StageEvent)?.SectorsComplete ?? (e as PartnerJoined)?.SectorsComplete) ?? true;
        var purpose = standing.LastOrDefault(s => s.Event is StageEvent { Purpose: not null });
        return View(
            all.Count,
            events.OfType<LifecycleEvent>().Select(Domain.Partnerships.Lifecycle.StateAfter).LastOrDefault(PartnershipState.Unexplored),
            Last(events, e => (e as StageEvent)?.Name ?? (e as PartnershipRenamed)?.Name) ?? "",
            (purpose.Event as StageEvent)?.Purpose,
            purpose.Event is null ? null : PurposeAt(all, purpose.Version),
            partners,
            complete,
            sectors,
            complete && sectors.Count > 0 ? sectors.Count : null,
            Last(events, e => (e as StageEvent)?.Regions ?? (e as RegionsChanged)?.Regions) ?? [],
            standing.Where(s => s.Event is FactorNoted),
            events.OfType<PartnershipProposed>().FirstOrDefault()?.OccurredOn,
            standing.Where(s => s.Version == 1).Select(s => (s.Event as IOccurrence)?.OccurredOn).FirstOrDefault(),
            standing.Where(s => s.Event is IInformed { Informant: not null } or IInformed { InformantRegion: not null })
                .Select(s => (s.Version, (IInformed)s.Event)).Select(s => new StandingInformant(s.Version, s.Item2.Informant, s.Item2.InformantRegion, s.Item2.OccurredOn)),
            standing.Where(s => s.Event is LifecycleEvent).Select(s => (s.Version, (LifecycleEvent)s.Event))
                .Select(s => new StandingStep(s.Version, Domain.Partnerships.Lifecycle.StateAfter(s.Item2), s.Item2.OccurredOn)),
            standing);
    }

    public static string Tell(Partnership p) => View(
        p.Version, p.State, p.Name, p.Purpose, p.PurposeAt, p.Partners, p.SectorsComplete, p.Sectors, p.Span, p.Regions,
        p.Notes.Select(n => (n.Version, (IPartnershipEvent)n.Note)), p.ProposedOn, p.OpenedOn, p.Informants, p.Steps,
        p.Standing.Select(s => (s.Version, s.Event)));

    private static string View(
        long version,
        PartnershipState state,
        string name,
        FreeText? purpose,
        TextPlace? purposeAt,
        IEnumerable<KnownPartner> partners,
        bool sectorsComplete,
        IEnumerable<Sector> sectors,
        int? span,
        IEnumerable<string> regions,
        IEnumerable<(long Version, IPartnershipEvent Event)> notes,
        PartialDate? proposedOn,
        PartialDate? openedOn,
        IEnumerable<StandingInformant> informants,
        IEnumerable<StandingStep> steps,
        IEnumerable<(long Version, IPartnershipEvent Event)> standing) => string.Join('\n', [
            $"{version} {state} '{name}' {purpose} {purposeAt} {sectorsComplete} {string.Join(',', sectors)} {span} {string.Join(',', regions)} {proposedOn} {openedOn}",
            .. partners.Select(p => p.ToString()),
            .. notes.Select(Told),
            .. informants.Select(i => i.ToString()),
            .. steps.Select(s => s.ToString()),
            .. standing.Select(Told),
        ]);

    private static string Told((long Version, IPartnershipEvent Event) s) =>
        $"{s.Version} {EventVocabulary.Partnership.NameOf(s.Event)} {EventVocabulary.Partnership.Write(s.Event)}";

    private static long? Target(IPartnershipEvent e) => (e as EventCorrected)?.Version ?? (e as EventWithdrawn)?.Version;

    private static T? Last<T>(IEnumerable<IPartnershipEvent> events, Func<IPartnershipEvent, T?> said) => events.Select(said).LastOrDefault(value => value is not null);

    private static TextPlace PurposeAt(IReadOnlyList<IPartnershipEvent> all, long version)
    {
        var corrected = all.Index().LastOrDefault(e => e.Index >= version && e.Item is EventCorrected c && c.Version == version && c.Replacement.Purpose.HasValue);
        return corrected.Item is null ? new(version, "/purpose") : new(corrected.Index + 1, "/replacement/purpose");
    }

    private static List<KnownPartner> Partners(IReadOnlyList<(long Version, IPartnershipEvent Event)> standing)
    {
        var partners = standing.SelectMany(s => s.Event switch
        {
            StageEvent stage => (stage.Partners ?? []).Select((partner, i) => new KnownPartner(s.Version, i, partner, stage.OccurredOn)),
            PartnerJoined joined => [new(s.Version, 0, new() { Name = joined.Name, Sector = joined.Sector, Country = joined.Country }, joined.OccurredOn)],
            _ => [],
        }).ToList();
        foreach (var (version, e) in standing)
        {
            if (e is not PartnerLeft left || left.Partner >= version) continue;
            var who = partners.FindIndex(p => p.JoinedWith == left.Partner && p.Index == (left.Index ?? 0));
            if (who >= 0 && partners[who].LeftOn is null) partners[who] = partners[who] with { LeftOn = left.OccurredOn, LeftWith = version };
        }

        return partners;
    }

    private static IPartnershipEvent Corrected(IPartnershipEvent e, EventCorrected correction)
    {
        string[] members = e switch
        {
            StageEvent => [.. Lifecycle, "!name", "!partners", "!sectorsComplete", "!regions", "purpose"],
            LifecycleEvent => Lifecycle,
            FactorNoted => ["!factor", "!polarity", "!topic", "!occurredOn", "note", "informant", "informantRegion"],
            PartnerJoined => ["!sector", "!occurredOn", "name", "country", "sectorsComplete"],
            PartnerLeft => ["!occurredOn", "reason"],
            PartnershipRenamed => ["!name"],
            _ => ["!regions"],
        };
        var data = JsonNode.Parse(EventVocabulary.Partnership.Write(e))!.AsObject();
        foreach (var (member, value) in JsonNode.Parse(EventVocabulary.Partnership.Write(correction))!["replacement"]!.AsObject())
        {
            if (members.Contains(member) || (members.Contains($"!{member}") && value is not null)) data[member] = value?.DeepClone();
        }

        return EventVocabulary.Partnership.Read(EventVocabulary.Partnership.NameOf(e), data.ToJsonString());
    }
}
