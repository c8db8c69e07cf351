namespace PartnerLedger.Api.Pages.Brief;

/// <summary>A negative factor as the brief's table shows it; null is what cannot be estimated or shown.</summary>
public sealed record BriefLine
{
    public required string Factor { get; init; }

    public required string Label { get; init; }

    public required BriefShare Troubled { get; init; }

    public required BriefShare Potential { get; init; }

    public required BriefShare Successful { get; init; }

    public required BriefShare Recovered { get; init; }

    /// <summary>Share of those in trouble less share of successful ones, with its limits.</summary>
    public double? Difference { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    public double? QValue { get; init; }

    /// <summary>Whether some of the numbers are too small to be shown.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Why something is null.</summary>
    public string? Reason { get; init; }
}

/// <summary>Partnerships with the factor noted, of how many, and the share with its 95 % Wilson interval; null where hidden.</summary>
public sealed record BriefShare(long? Noted, long? Of, double? Share, double? Low, double? High);
