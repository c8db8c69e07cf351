using System.Text.Json.Serialization;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>How many partnerships there are, and of which kinds; a number too small to be shown is null.</summary>
internal sealed record SummaryAnswer
{
    public required long? Partnerships { get; init; }

    /// <summary>How many people told of them.</summary>
    public required long? Informants { get; init; }

    /// <summary>A partnership of several sectors counts in each.</summary>
    public required IReadOnlyDictionary<string, long?> BySector { get; init; }

    /// <summary>By the number of sectors; undetermined where not all are known.</summary>
    public required IReadOnlyDictionary<string, long?> BySpan { get; init; }

    /// <summary>A partnership of several regions counts in each.</summary>
    public required IReadOnlyDictionary<string, long?> ByRegion { get; init; }

    public required IReadOnlyDictionary<string, long?> ByState { get; init; }

    public required RegionOf RegionOf { get; init; }
}

/// <summary>In how many partnerships of a cell a factor, or a topic's factors of one polarity, was noted; null where that is too few to be shown.</summary>
internal sealed record FactorRow
{
    /// <summary>The factor's code; null where the row speaks of a topic.</summary>
    public required string? Factor { get; init; }

    public required Polarity? Polarity { get; init; }

    public required string? Topic { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sector? Sector { get; init; }

    /// <summary>The exclusive combination of sectors, joined by +, or none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sectors { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; init; }

    /// <summary>The exclusive combination of regions, joined by +, or none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Regions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PartnershipState? State { get; init; }

    /// <summary>Partnerships of the cell that have it noted at least once; not noted does not mean absent.</summary>
    public required long? Noted { get; init; }

    /// <summary>Partnerships of the cell.</summary>
    public required long? Of { get; init; }

    /// <summary>Those who noted it, each counted once.</summary>
    public required long? Informants { get; init; }

    /// <summary>Noted as a part of all, 0 to 1.</summary>
    public required double? Share { get; init; }

    /// <summary>Lower limit of the 95 % Wilson interval of the share.</summary>
    public required double? Low { get; init; }

    /// <summary>Upper limit of the 95 % Wilson interval of the share.</summary>
    public required double? High { get; init; }

    /// <summary>Whether the row's numbers are too small to be shown.</summary>
    public required bool Suppressed { get; init; }
}
