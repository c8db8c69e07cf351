using System.Text.Json.Nodes;
using PartnerLedger.Api.Partnerships;

namespace PartnerLedger.Api.Pages.Partnerships;

/// <summary>Tells a history in a reader's words, each event with what later ones made of it.</summary>
internal sealed class TimelineReader
{
    private const string Corrected = "event_corrected";
    private const string Withdrawn = "event_withdrawn";
    private const string Erased = "text_erased";

    private static readonly string[] Order = ["occurredOn", "name", "partners", "sector", "country", "sectorsComplete", "regions", "purpose", "reason", "note", "ground", "factor", "informantRegion"];

    // Random ids of people say nothing to a reader, topic and polarity stand with the factor, and the title tells the rest.
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["occurredOn"] = "Occurred",
        ["name"] = "Name",
        ["partners"] = "Partners",
        ["sector"] = "Sector",
        ["country"] = "Country",
        ["sectorsComplete"] = "All sectors known",
        ["regions"] = "Regions",
        ["purpose"] = "Purpose",
        ["reason"] = "Reason",
        ["note"] = "Note",
        ["ground"] = "Ground",
        ["factor"] = "Factor",
        ["informantRegion"] = "Informant’s region",
    };

    private readonly IReadOnlyList<HistoryEvent> events;
    private readonly Dictionary<long, HistoryEvent> erasures;
    private readonly Func<string, string?> labelOf;
    private readonly Dictionary<long, long> withdrawn = [];
    private readonly Dictionary<(long Version, string Member), (long By, TimelineLine Line)> replaced = [];

    private TimelineReader(IReadOnlyList<HistoryEvent> events, IReadOnlyList<HistoryEvent> known, Func<string, string?> labelOf)
    {
        (this.events, this.labelOf) = (events, labelOf);
        erasures = known.Where(told => told.Type == Erased).ToDictionary(told => told.Position);
        foreach (var told in events)
        {
            if (told.Type == Withdrawn)
            {
                withdrawn[Long(told, "version")] = told.Version;
            }
            else if (told.Type == Corrected)
            {
                // What was withdrawn comes back with a later correction.
                withdrawn.Remove(Long(told, "version"));
                foreach (var line in LinesOf(told.Data["replacement"]!.AsObject()))
                {
                    replaced[(Long(told, "version"), line.Member)] = (told.Version, line);
                }
            }
        }
    }

    /// <summary>The steps, oldest first; <paramref name="labelOf"/> knows what factors are called.</summary>
    public static IReadOnlyList<TimelineStep> Read(IReadOnlyList<HistoryEvent> events, Func<string, string?> labelOf)
    {
        var reader = new TimelineReader(events, events, labelOf);
        return [.. events.Select(reader.Step)];
    }

    /// <summary>One step as it was recorded: of what came later it tells alone that texts are erased, since those are not there any more.</summary>
    public static TimelineStep ReadAt(long version, IReadOnlyList<HistoryEvent> events, Func<string, string?> labelOf) =>
        new TimelineReader([.. events.Take((int)version)], events, labelOf).Step(events[(int)version - 1]);

    private TimelineStep Step(HistoryEvent told)
    {
        var isAboutAnother = told.Type is Corrected or Withdrawn;
        var lines = LinesOf(told.Data.AsObject()).Where(line => line.Value is not null || line.IsErased)
            .Concat(told.Type == Corrected ? LinesOf(told.Data["replacement"]!.AsObject()).Select(line => line with { Label = $"{line.Label}, corrected" }) : [])
            .ToDictionary(line => (line.Member, line.Label));
        // A correction may say what was left open before.
        foreach (var ((version, member), (by, line)) in replaced)
        {
            if (version == told.Version)
            {
                lines[(member, line.Label)] = lines.GetValueOrDefault((member, line.Label), new(member, line.Label, null, IsErased: false)) with { CorrectedBy = by, Instead = line };
            }
        }

        return new(
            told.Version, told.Type, Title(told), told.Version == 1 || told.Type.StartsWith("partnership_", StringComparison.Ordinal) && told.Type != "partnership_renamed" ? State(told) : null,
            told.RecordedAt, [.. lines.Values.OrderBy(line => Array.IndexOf(Order, line.Member))],
            withdrawn.TryGetValue(told.Version, out var withdrawal) ? withdrawal : null, isAboutAnother ? Long(told, "version") : null,
            told.Type is not (Corrected or Withdrawn or Erased))
        {
            Standing = Standing(told),
            RecordedBy = told.Actor,
            ToldBy = told.Data["informant"]?.GetValue<string>(),
            Erasure = Erasure(told),
        };
    }

    private JsonObject Standing(HistoryEvent told) => events
        .Where(later => later.Type == Corrected && Long(later, "version") == told.Version)
        .Aggregate(told.Data.DeepClone().AsObject(), (standing, correction) => correction.Correct(standing));

    private TimelineErasure? Erasure(HistoryEvent told) =>
        told.Data.AsObject().Concat(told.Data["replacement"]?.AsObject() ?? []).Select(member => (member.Value as JsonObject)?["erased"]).FirstOrDefault(erased => erased is not null) is { } erased
        && erasures.TryGetValue(erased["position"]!.GetValue<long>(), out var erasure)
            ? new(erasure.Version, erasure.RecordedAt, erasure.Actor, erasure.Data["ground"]?["text"]?.GetValue<string>())
            : null;

    private string Title(HistoryEvent told) => told.Type switch
    {
        _ when told.Version == 1 => "The record begins",
        "factor_noted" => $"Factor noted: {Factor(told.Data["factor"]!.GetValue<string>())}",
        "partner_joined" => "A partner joined",
        "partner_left" => $"A partner left: {Leaver(told.Data)}",
        "partnership_renamed" => "Renamed",
        "regions_changed" => "Regions changed",
        Corrected => $"Version {Long(told, "version")} corrected",
        Withdrawn => $"Version {Long(told, "version")} withdrawn",
        Erased => $"Texts erased of version {string.Join(", ", told.Data["versions"]!.AsArray().Select(version => version!.GetValue<long>()))}",
        _ => $"It became {State(told)}",
    };

    private string Leaver(JsonNode data)
    {
        var joined = events[(int)data["partner"]!.GetValue<long>() - 1].Data;
        var partner = joined["partners"] is JsonArray several ? several[data["index"]?.GetValue<int>() ?? 0]! : joined;
        return Partner(partner);
    }

    private string Factor(string code) => labelOf(code) is { } label ? $"{label} ({code})" : code;

    private IEnumerable<TimelineLine> LinesOf(JsonObject data) => data
        .Where(member => Labels.ContainsKey(member.Key))
        .Select(member => Line(member.Key, Labels[member.Key], member.Value));

    private TimelineLine Line(string member, string label, JsonNode? value) => value switch
    {
        null => new(member, label, null, IsErased: false),
        JsonObject text => new(member, label, text["text"]?.GetValue<string>(), text["text"] is null),
        JsonArray { Count: 0 } => new(member, label, "none", IsErased: false),
        JsonArray items => new(member, label, string.Join(", ", items.Select(item => item is JsonObject partner ? Partner(partner) : item!.GetValue<string>())), IsErased: false),
        _ when member == "factor" => new(member, label, Factor(value.GetValue<string>()), IsErased: false),
        _ when member == "sectorsComplete" => new(member, label, value.GetValue<bool>() ? "yes" : "no", IsErased: false),
        _ => new(member, label, value.ToString(), IsErased: false),
    };

    private static string Partner(JsonNode partner) =>
        Fact.Named(partner["name"]?.GetValue<string>(), partner["sector"]!.GetValue<string>(), partner["country"]?.GetValue<string>());

    private static string State(HistoryEvent told) => told.Type["partnership_".Length..];

    private static long Long(HistoryEvent told, string member) => told.Data[member]!.GetValue<long>();
}
