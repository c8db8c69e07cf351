using System.Text.Json.Nodes;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Exports;

/// <summary>
/// A partnership's events as the commands that would bring them about again, corrections included. Erasures are no commands: what
/// they took is left out, and versions are counted without them.
/// </summary>
internal sealed class CommandLines(Func<Guid, string> informants)
{
    private const string Erased = "(erased)";

    // A note says what the catalogue says of its factor; who imports it has a catalogue, too.
    private static readonly string[] OfTheCatalogue = ["polarity", "topic"];

    public IEnumerable<JsonObject> Of(ExportedHistory history)
    {
        var versions = new Dictionary<long, long>();
        foreach (var exported in history.Events)
        {
            var data = JsonNode.Parse(exported.Recorded.Data)!.AsObject();
            if (Command(exported, data, versions) is { } command)
            {
                versions.Add(exported.Recorded.Version, versions.Count + 1);
                yield return new JsonObject { ["partnership"] = history.Id.ToString(), ["command"] = command, ["body"] = Body(data, exported, "") };
            }
        }
    }

    // Gives what follows the partnership in the command's route, and makes the event's members those of its body.
    private static string? Command(ExportedEvent exported, JsonObject data, Dictionary<long, long> versions)
    {
        switch (EventVocabulary.Partnership.Read(exported.Recorded.Type, exported.Recorded.Data))
        {
            case StageEvent stage when exported.Recorded.Version == 1:
                data.Remove("reason");
                data["stage"] = Lifecycle.StateAfter(stage).ToWord();
                return "open";
            case LifecycleEvent step:
                return Lifecycle.StateAfter(step).ToWord();
            case FactorNoted:
                return "factors";
            case PartnerJoined:
                return "partners";
            case PartnerLeft left:
                data.Remove("partner");
                Rename(data, "index", "partner");
                return $"partners/{versions.GetValueOrDefault(left.Partner)}/left";
            case PartnershipRenamed:
                return "name";
            case RegionsChanged:
                return "regions";
            case EventCorrected or EventWithdrawn:
                data["version"] = versions.GetValueOrDefault(data["version"]!.GetValue<long>());
                data["withdrawn"] = data.ContainsKey("replacement") ? null : true;
                return "corrections";
            default:
                return null;
        }
    }

    private static void Rename(JsonObject data, string member, string name)
    {
        if (data.Remove(member, out var value))
        {
            data[name] = value;
        }
    }

    private JsonObject Body(JsonObject data, ExportedEvent exported, string pointer)
    {
        var isReplacement = pointer.Length > 0;
        var body = new JsonObject();
        foreach (var (name, value) in data.Where(member => Array.IndexOf(OfTheCatalogue, member.Key) < 0))
        {
            var at = JsonPointer.Append(pointer, name);
            JsonNode? told = (name, value) switch
            {
                ("informant", { } id) => informants(id.GetValue<Guid>()),
                ("replacement", JsonObject replacement) => Body(replacement, exported, at),
                (_, JsonObject text) when text.ContainsKey("sha256") => exported.Texts.GetValueOrDefault(at) ?? (IsRequired(exported, at) ? Erased : null),
                _ => value?.DeepClone(),
            };
            // In a replacement null says that a member is cleared; elsewhere it says nothing.
            if (told is not null || isReplacement)
            {
                body[name] = told;
            }
        }

        return body;
    }

    private static bool IsRequired(ExportedEvent exported, string pointer) => pointer == "/reason" && exported.Recorded.Type is "event_corrected" or "event_withdrawn";
}
