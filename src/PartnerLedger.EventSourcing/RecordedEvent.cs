namespace PartnerLedger.EventSourcing;

/// <summary>An event as the ledger has it: its place in its stream and in the ledger, what happened, when it was recorded and on whose account.</summary>
public sealed record RecordedEvent
{
    /// <summary>Place in the whole ledger, from 1, without gaps, in the order of commits.</summary>
    public required long Position { get; init; }

    /// <summary>Place in its stream, from 1.</summary>
    public required long Version { get; init; }

    public required Guid Id { get; init; }
    public required Guid StreamId { get; init; }
    public required string StreamType { get; init; }

    /// <summary>Name of the event's type, in snake_case.</summary>
    public required string Type { get; init; }

    /// <summary>What happened, as JSON; member order is the database's, not the canonical one.</summary>
    public required string Data { get; init; }

    /// <summary>The server's clock, UTC, to the microsecond; never falls along the ledger.</summary>
    public required DateTime RecordedAt { get; init; }

    public string? Actor { get; init; }
    public string? CorrelationId { get; init; }
    public string? CausationId { get; init; }
}
