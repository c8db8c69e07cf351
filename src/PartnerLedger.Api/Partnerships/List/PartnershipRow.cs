using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships.List;

/// <summary>A partnership in the list.</summary>
internal sealed record PartnershipRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required PartnershipState State { get; init; }

    /// <summary>The sectors of all partners ever.</summary>
    public required IReadOnlyList<Sector> Sectors { get; init; }

    public required bool SectorsComplete { get; init; }

    /// <summary>The number of sectors; null where not all are known.</summary>
    public int? Span => SectorsComplete && Sectors.Count > 0 ? Sectors.Count : null;

    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Codes of the factors noted at least once.</summary>
    public required IReadOnlyList<string> Factors { get; init; }

    public required PartialDate? ProposedOn { get; init; }
    public required long Version { get; init; }

    /// <summary>Place of its last event in the whole ledger.</summary>
    public required long Position { get; init; }

    public required DateTime LastRecordedAt { get; init; }

    /// <summary>How names are compared: without regard to case, the same on every server.</summary>
    public static string Fold(string name) => name.ToLowerInvariant();

    /// <summary>The pattern, for <c>like</c>, of folded names that this is a part of.</summary>
    public static string PatternOf(string part) => $"%{Fold(part).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
