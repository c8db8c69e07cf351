namespace PartnerLedger.Api.Audit.Reads;

/// <summary>A read, as auditors see it.</summary>
internal sealed record ListedRead
{
    public required Guid Id { get; init; }

    /// <summary>When the request came.</summary>
    public required DateTime At { get; init; }

    /// <summary>
    /// When a stream of events ended. A stream is told twice: when it begins, and when it ends; the first time without this, and without rows.
    /// </summary>
    public required DateTime? Until { get; init; }

    /// <summary>The random id of whoever asked; the same as the actor of what they wrote.</summary>
    public required Guid Person { get; init; }

    /// <summary>Who vouches for the person; null once they were erased.</summary>
    public required string? Issuer { get; init; }

    /// <summary>Who asked, by the issuer's word; null once they were erased.</summary>
    public required string? Subject { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The route, as this description writes it.</summary>
    public required string Route { get; init; }

    public required string Path { get; init; }

    /// <summary>The filters, as they were sent; null where there were none.</summary>
    public required string? Query { get; init; }

    /// <summary>What was answered; 403 and other refusals, too.</summary>
    public required int Status { get; init; }

    /// <summary>How many rows the answer's list had; null where it has none.</summary>
    public required long? Rows { get; init; }
}
