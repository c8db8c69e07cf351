namespace PartnerLedger.Domain;

/// <summary>An erasure that was recorded once, and was lost with all that a restored backup did not have.</summary>
public sealed record EarlierErasure
{
    /// <summary>Id of the event that recorded it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Random id of who erased.</summary>
    public Guid? By { get; init; }

    /// <summary>When it was recorded: RFC 3339, UTC, with microseconds.</summary>
    public required string At { get; init; }
}
