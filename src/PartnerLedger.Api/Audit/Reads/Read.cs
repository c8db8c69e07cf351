using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>One read: who asked, in which roles, for what, when, and what came of it.</summary>
internal sealed record Read
{
    public required Guid Id { get; init; }

    public required DateTime At { get; init; }

    /// <summary>When a stream of events ended; null where it has begun, and for all that is no stream.</summary>
    public required DateTime? Until { get; init; }

    /// <summary>The random id of whoever asked; null where this node has to look it up yet.</summary>
    public required Guid? Person { get; init; }

    /// <summary>Who asked, as long as there is no id for them.</summary>
    public required Caller? Caller { get; init; }

    public required string Roles { get; init; }

    public required string Route { get; init; }

    public required string Path { get; init; }

    public required string? Query { get; init; }

    public required int Status { get; init; }

    public required long? Rows { get; init; }
}

/// <summary>That reads could not be kept: how many, and from when to when they came.</summary>
internal sealed record ReadGap(Guid Id, DateTime Since, DateTime Until, long Reads);
