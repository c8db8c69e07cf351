namespace PartnerLedger.Domain.Factors;

/// <summary>Anything recorded about the catalogue of factors.</summary>
public interface ICatalogueEvent;

/// <summary>What the catalogue says of a factor.</summary>
public abstract record FactorEvent : ICatalogueEvent
{
    public required string Code { get; init; }

    public required string Topic { get; init; }

    public required Polarity Polarity { get; init; }

    public required string Label { get; init; }

    public string? Definition { get; init; }

    public string? Source { get; init; }

    public required IReadOnlyList<string> Mitigations { get; init; }
}

/// <summary>A factor came into the catalogue.</summary>
public sealed record FactorDefined : FactorEvent;

/// <summary>The catalogue says something else of a factor from now on.</summary>
public sealed record FactorRevised : FactorEvent;
