using System.Text.Json;
using System.Text.Json.Nodes;
using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Partnerships;

/// <summary>An event as a history tells it; each free text in its data is the commitment with the text beside it, null once erased.</summary>
internal record HistoryEvent
{
    public required long Version { get; init; }
    public required long Position { get; init; }
    public required Guid Id { get; init; }
    public required string Type { get; init; }

    /// <summary>When it happened, as far as it is known; null for events that have no time of their own.</summary>
    public required string? OccurredOn { get; init; }

    public required DateTime RecordedAt { get; init; }
    public required string? Actor { get; init; }
    public required string? CorrelationId { get; init; }
    public required string? CausationId { get; init; }
    public required JsonNode Data { get; init; }

    public static HistoryEvent Of(
        RecordedEvent recorded, IReadOnlyDictionary<(long Position, string Member), string> texts, IReadOnlyDictionary<long, Erasure> erasures)
    {
        using var document = JsonDocument.Parse(recorded.Data);
        return new HistoryEvent
        {
            Version = recorded.Version,
            Position = recorded.Position,
            Id = recorded.Id,
            Type = recorded.Type,
            OccurredOn = document.RootElement.TryGetProperty("occurredOn", out var occurredOn) ? occurredOn.GetString() : null,
            RecordedAt = recorded.RecordedAt,
            Actor = recorded.Actor,
            CorrelationId = recorded.CorrelationId,
            CausationId = recorded.CausationId,
            Data = Join(document.RootElement, "")!,
        };

        JsonNode? Join(JsonElement value, string pointer) => value.ValueKind switch
        {
            JsonValueKind.Object when Commitments.IsCommitment(value, out var sha256) => Text(sha256, pointer),
            JsonValueKind.Object => new JsonObject(value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
                .Select(member => KeyValuePair.Create(member.Name, Join(member.Value, JsonPointer.Append(pointer, member.Name))))),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select((item, index) => Join(item, JsonPointer.Append(pointer, index)))]),
            _ => JsonNode.Parse(value.GetRawText()),
        };

        JsonObject Text(string sha256, string pointer)
        {
            var joined = new JsonObject { ["sha256"] = sha256, ["text"] = texts.GetValueOrDefault((recorded.Position, pointer)) };
            if (joined["text"] is null && erasures.TryGetValue(recorded.Version, out var erasure))
            {
                joined["erased"] = JsonSerializer.SerializeToNode(erasure, Json.Options);
            }

            return joined;
        }
    }

    /// <summary>What this correction makes of the data of the event that it corrects.</summary>
    public JsonObject Correct(JsonObject data)
    {
        var standing = data.DeepClone().AsObject();
        foreach (var (member, value) in Data["replacement"]!.AsObject())
        {
            standing[member] = value?.DeepClone();
        }

        return standing;
    }

    public string ToLine() => JsonSerializer.Serialize(this, Json.Options);

    /// <summary>The event by CloudEvents 1.0; position, version and trace are extension attributes.</summary>
    public JsonObject ToCloudEvent(Guid partnership) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = Id.ToString(),
        ["source"] = $"/api/partnerships/{partnership}",
        ["type"] = Type,
        ["time"] = new Moment(RecordedAt).ToString(),
        ["datacontenttype"] = "application/json",
        ["ledgerposition"] = Position.ToString(),
        ["streamversion"] = Version.ToString(),
        ["actor"] = Actor,
        ["correlationid"] = CorrelationId,
        ["causationid"] = CausationId,
        ["data"] = Data.DeepClone(),
    };
}
