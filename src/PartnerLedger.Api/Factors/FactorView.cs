using PartnerLedger.Domain.Factors;

namespace PartnerLedger.Api.Factors;

/// <summary>A factor of the catalogue, as it stands.</summary>
internal sealed record FactorView
{
    public required string Code { get; init; }

    /// <summary>What it is about; a negative and a success factor of one topic can be compared.</summary>
    public required string Topic { get; init; }

    public required Polarity Polarity { get; init; }
    public required string Label { get; init; }
    public required string? Definition { get; init; }

    /// <summary>Where it was taken from; synthesis means the starter catalogue.</summary>
    public required string? Source { get; init; }

    /// <summary>What is known to help.</summary>
    public required IReadOnlyList<string> Mitigations { get; init; }

    public static FactorView Of(Factor factor) => new()
    {
        Code = factor.Code,
        Topic = factor.Topic,
        Polarity = factor.Polarity,
        Label = factor.Label,
        Definition = factor.Definition,
        Source = factor.Source,
        Mitigations = factor.Mitigations,
    };
}
