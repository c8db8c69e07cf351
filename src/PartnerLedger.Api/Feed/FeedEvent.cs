using System.Text;
using System.Text.Json.Nodes;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Feed;

/// <summary>An event as the feed tells it: whose it is, where it stands, and its data as the ledger keeps it, with commitments instead of texts.</summary>
internal sealed record FeedEvent
{
    public required long Position { get; init; }
    public required Guid StreamId { get; init; }

    /// <summary>Whose event it is: a partnership's, the catalogue's, a framework's.</summary>
    public required string StreamType { get; init; }

    public required long Version { get; init; }
    public required Guid Id { get; init; }
    public required string Type { get; init; }

    /// <summary>When it happened, as far as it is known; null for events that have no time of their own.</summary>
    public required string? OccurredOn { get; init; }

    public required DateTime RecordedAt { get; init; }
    public required string? Actor { get; init; }
    public required string? CorrelationId { get; init; }
    public required string? CausationId { get; init; }
    public required JsonNode Data { get; init; }

    public static FeedEvent Of(RecordedEvent recorded)
    {
        var data = JsonNode.Parse(CanonicalJson.ToBytes(Encoding.UTF8.GetBytes(recorded.Data)))!;
        return new FeedEvent
        {
            Position = recorded.Position,
            StreamId = recorded.StreamId,
            StreamType = recorded.StreamType,
            Version = recorded.Version,
            Id = recorded.Id,
            Type = recorded.Type,
            OccurredOn = (string?)data["occurredOn"],
            RecordedAt = recorded.RecordedAt,
            Actor = recorded.Actor,
            CorrelationId = recorded.CorrelationId,
            CausationId = recorded.CausationId,
            Data = data,
        };
    }
}
