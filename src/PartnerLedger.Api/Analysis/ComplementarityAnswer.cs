using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>How often a topic's negative factors were noted in partnerships in trouble, and its success factors in those that succeed.</summary>
internal sealed record ComplementarityRow
{
    public required string Topic { get; init; }

    /// <summary>Partnerships of the group with a negative factor of the topic noted.</summary>
    public required NotedShare Negative { get; init; }

    /// <summary>Partnerships of the others with a success factor of the topic noted.</summary>
    public required NotedShare Success { get; init; }

    /// <summary>Share negative less share success, with the limits of Newcombe's hybrid score interval.</summary>
    public required Estimate? Difference { get; init; }

    /// <summary>Whether some of the row's numbers are too small to be shown.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>Why something is null.</summary>
    public required string? Reason { get; init; }
}

/// <summary>Partnerships that have something noted at least once, of how many, and the share with its 95 % Wilson interval; null where too few to be shown.</summary>
internal sealed record NotedShare(long? Noted, long? Of, double? Share, double? Low, double? High);

/// <summary>The topics side by side, and how alike both sides are.</summary>
internal sealed record ComplementarityTopics(IReadOnlyList<ComplementarityRow> Rows, double? Overlap, double? RankCorrelation, string? Reason);
