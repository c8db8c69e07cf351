namespace PartnerLedger.Api.Analysis;

/// <summary>Rows that were tested at once, and what they tell of.</summary>
internal sealed record TestedRows<TRow>
{
    private const string Nothing = "Either nothing was noted, or the counts are too small for any row to be told.";
    private const string HiddenTests = "qValue: rows that are hidden count with p = 1, so it is as large as it would be with all of them, or larger.";

    /// <summary>The position of the ledger that the answer tells of.</summary>
    public required long Position { get; init; }

    /// <summary>The moment that was asked for; null for the present.</summary>
    public required DateTime? AsOf { get; init; }

    /// <summary>The least number that is shown, zero aside; 1 shows all.</summary>
    public required long Threshold { get; init; }

    public required RegionOf RegionOf { get; init; }

    /// <summary>How many rows were tested at once: the family of the q-values.</summary>
    public required int Tests { get; init; }

    /// <summary>What is to be known of the rows, or of there being none, where small counts are hidden.</summary>
    public required string? Reason { get; init; }

    public required IReadOnlyList<TRow> Rows { get; init; }

    /// <summary>The answer to a question, as of the position it was counted at.</summary>
    public static TestedRows<TRow> To(AnalysisQuestion question, PartnershipParameters asked, long position, Disclosure disclosure, IReadOnlyList<TRow> rows, Func<TRow, bool> isHidden) => new()
    {
        Position = question.AsOf ?? position,
        AsOf = asked.AsOf?.Utc,
        Threshold = disclosure.Threshold,
        RegionOf = question.RegionOf,
        Tests = rows.Count,
        Reason = !disclosure.HidesSmallCounts ? null : rows.Count == 0 ? Nothing : rows.Any(isHidden) ? HiddenTests : null,
        Rows = rows,
    };
}
