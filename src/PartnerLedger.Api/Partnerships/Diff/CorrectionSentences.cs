using System.Text.Json.Nodes;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships.Diff;

/// <summary>Says in plain sentences what corrections, withdrawals and erasures did to earlier events, and why.</summary>
/// <remarks>They may change nothing that is shown of the partnership; they are what an auditor looks for all the same.</remarks>
internal static class CorrectionSentences
{
    private const string Corrected = "event_corrected";
    private const string Withdrawn = "event_withdrawn";
    private const string Erased = "text_erased";

    // What a reader calls them, with the verb that they take; polarity and topic stand with their factor.
    private static readonly Dictionary<string, (string Subject, bool IsPlural)> Members = new(StringComparer.Ordinal)
    {
        ["name"] = ("its name", false),
        ["partners"] = ("its partners", true),
        ["sector"] = ("its sector", false),
        ["country"] = ("its country", false),
        ["sectorsComplete"] = ("the partners’ sectors", true),
        ["regions"] = ("its regions", true),
        ["purpose"] = ("its purpose", false),
        ["reason"] = ("its reason", false),
        ["factor"] = ("its factor", false),
        ["note"] = ("its note", false),
        ["informant"] = ("its informant", false),
        ["informantRegion"] = ("its informant’s region", false),
        ["occurredOn"] = ("its date", false),
    };

    public static bool TellOf(RecordedEvent recorded) => recorded.Type is Corrected or Withdrawn or Erased;

    /// <summary>The sentences on the events after a version, in their order; the history begins with the first event.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<HistoryEvent> history, long after)
    {
        var (standing, withdrawn) = (new Dictionary<long, JsonObject>(), new HashSet<long>());
        foreach (var told in history)
        {
            var sentence = told.Type switch
            {
                Corrected => $"Version {told.Version} corrects version {About(told)}{Correct(told)}{Because(told, "reason")}.",
                Withdrawn => $"Version {told.Version} withdraws version {About(told)}{Because(told, "reason")}.",
                Erased => $"Version {told.Version} erases {(told.Data["earlier"] is null ? "" : "again ")}what was written in {Listed(told.Data["versions"]!.AsArray())}{Because(told, "ground")}.",
                _ => null,
            };
            if (told.Type == Withdrawn)
            {
                withdrawn.Add(About(told));
            }

            if (sentence is not null && told.Version > after)
            {
                yield return sentence;
            }
        }

        string Correct(HistoryEvent correction)
        {
            var about = About(correction);
            // Only earlier events that are not about others themselves can be corrected: what speaks of another changes nothing.
            if (about < 1 || about >= correction.Version || history[(int)about - 1] is not { Type: not (Corrected or Withdrawn or Erased) } corrected)
            {
                return "";
            }

            var before = standing.GetValueOrDefault(about) ?? corrected.Data.AsObject();
            var now = standing[about] = correction.Correct(before);
            var changes = correction.Data["replacement"]!.AsObject().Where(named => Members.ContainsKey(named.Key)).Select(named => Changed(named.Key, before, now)).ToList();
            return $"{(withdrawn.Remove(about) ? ", which was withdrawn and counts again" : "")}{(changes.Count == 0 ? "" : $": {string.Join("; ", changes)}")}";
        }
    }

    private static string Changed(string member, JsonObject before, JsonObject now)
    {
        var (subject, isPlural) = Members[member];
        var (was, @is) = isPlural ? ("were", "are") : ("was", "is");
        if (IsErased(before[member]) && IsErased(now[member]))
        {
            return $"{subject} {was} changed, and both texts are erased";
        }

        var (then, after) = (Value(member, before), Value(member, now));
        return then == after ? $"{subject} {@is} {after}, as before" : $"{subject} {was} {then}, and {@is} now {after}";
    }

    private static string Value(string member, JsonObject data) => (member, data[member]) switch
    {
        ("sectorsComplete", var known) => known is null ? "left as before" : known.GetValue<bool>() ? "all known" : "not all known",
        (_, null) => "left out",
        ("name", { } name) => DiffSentences.Quoted(name.GetValue<string>()),
        ("factor", { } code) => $"{code} ({data["polarity"]}, {data["topic"]})",
        (_, JsonObject text) => text["text"] is { } written ? DiffSentences.Quoted(written.GetValue<string>()) : "a text that is erased",
        (_, JsonArray items) => DiffSentences.Listed([.. items.Select(item => item is JsonObject partner ? Named(partner) : item!.ToString())]),
        (_, { } value) => value.ToString(),
    };

    private static string Named(JsonObject partner) =>
        DiffSentences.Named(partner["name"]?.GetValue<string>() ?? "a partner", partner["sector"]!.GetValue<string>(), partner["country"]?.GetValue<string>());

    private static string Because(HistoryEvent told, string member) => told.Data[member] switch
    {
        null => "",
        var text when IsErased(text) => $"; the {member} given is erased",
        var text => $"; the {member} given is {DiffSentences.Quoted(text["text"]!.GetValue<string>())}",
    };

    private static bool IsErased(JsonNode? value) => value is JsonObject text && text["text"] is null;

    private static string Listed(JsonArray versions) =>
        $"{(versions.Count == 1 ? "version" : "versions")} {string.Join(", ", versions.Select(version => version!.ToString()))}";

    private static long About(HistoryEvent told) => told.Data["version"]!.GetValue<long>();
}
