using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>What a planned partnership should watch for and build on, by what was told of those of its shape; null is what cannot be estimated or shown.</summary>
internal record Briefing
{
    /// <summary>Partnerships of the shape.</summary>
    public required long? Partnerships { get; init; }

    /// <summary>Those that struggle or failed.</summary>
    public required long? Troubled { get; init; }

    /// <summary>Those that never formed.</summary>
    public required long? Potential { get; init; }

    public required long? Successful { get; init; }

    /// <summary>How many factors were tested at once: the family of the q-values.</summary>
    public required int Tests { get; init; }

    /// <summary>What the numbers say, in sentences; little evidence says so.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }

    /// <summary>What to bear in mind with all of it.</summary>
    public required IReadOnlyList<string> Caveats { get; init; }

    /// <summary>Negative factors that were noted of partnerships in trouble or that never formed, those noted most first; those that are not shown come last.</summary>
    public required IReadOnlyList<BriefRow> Rows { get; init; }
}

/// <summary>A negative factor, what may help against it, and what was noted for partnerships where its topic is concerned.</summary>
internal sealed record BriefRow
{
    public required string Factor { get; init; }

    public required string Label { get; init; }

    public required string Topic { get; init; }

    /// <summary>Of those that struggle or failed.</summary>
    public required NotedShare Troubled { get; init; }

    /// <summary>Of those that never formed.</summary>
    public required NotedShare Potential { get; init; }

    public required NotedShare Successful { get; init; }

    /// <summary>Of all that have it noted, those that came from struggling or undeveloped to active or successful on the day it was first noted, or later.</summary>
    public required NotedShare Recovered { get; init; }

    /// <summary>Share among those that struggle or failed less share among successful ones, with the limits of Newcombe's hybrid score interval.</summary>
    public required Estimate? RiskDifference { get; init; }

    /// <summary>Fisher's exact test of the two, two-sided.</summary>
    public required double? PValue { get; init; }

    /// <summary>The p-value among all tests of this answer, by Benjamini and Hochberg.</summary>
    public double? QValue { get; init; }

    /// <summary>What the catalogue knows to help.</summary>
    public required IReadOnlyList<string> Mitigations { get; init; }

    /// <summary>Success factors of the same topic.</summary>
    public required IReadOnlyList<BuildOn> BuildOn { get; init; }

    /// <summary>Whether some of the row's numbers are too small to be shown.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>Why something is null.</summary>
    public required string? Reason { get; init; }
}

/// <summary>A success factor, and of how many successful partnerships it was noted.</summary>
internal sealed record BuildOn(string Factor, string Label, NotedShare Successful);
