namespace PartnerLedger.Domain.Partnerships;

/// <summary>What is said of a partnership when its record begins.</summary>
public sealed record Opening
{
    public required string Name { get; init; }

    public IReadOnlyList<Partner> Partners { get; init; } = [];

    /// <summary>Whether the sectors of all partners are known.</summary>
    public bool SectorsComplete { get; init; } = true;

    public IReadOnlyList<string> Regions { get; init; } = [];

    public FreeText? Purpose { get; init; }

    public Guid? Informant { get; init; }

    public string? InformantRegion { get; init; }

    public required PartialDate OccurredOn { get; init; }
}
