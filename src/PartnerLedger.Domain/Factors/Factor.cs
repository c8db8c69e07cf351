namespace PartnerLedger.Domain.Factors;

/// <summary>A factor that speaks against partnerships or for them.</summary>
public sealed record Factor
{
    public required string Code { get; init; }

    /// <summary>What it is about; a negative and a success factor of one topic can be compared.</summary>
    public required string Topic { get; init; }

    public required Polarity Polarity { get; init; }

    public required string Label { get; init; }

    public string? Definition { get; init; }

    public string? Source { get; init; }

    /// <summary>What is known to help.</summary>
    public IReadOnlyList<string> Mitigations { get; init; } = [];
}
