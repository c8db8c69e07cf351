using System.Text.Json.Serialization;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>How probable it is to have failed, or succeeded, by a day; null is what cannot be estimated or shown.</summary>
internal record IncidenceCurve
{
    /// <summary>How many were at risk at some time.</summary>
    public required long? Partnerships { get; init; }

    /// <summary>The probability (0–1) of having failed first by the horizon, with pointwise 95 % limits.</summary>
    public required Incidence? Failed { get; init; }

    /// <summary>The probability (0–1) of having succeeded first by the horizon, with pointwise 95 % limits.</summary>
    public required Incidence? Successful { get; init; }

    /// <summary>The probability (0–1) of neither: still running by the horizon, or ended.</summary>
    public required double? Neither { get; init; }

    /// <summary>The probabilities after each day on which an end was met, up to the horizon; for analysts, days by which enough were met.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Whether numbers are too small to be shown.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>Why something is null.</summary>
    public required string? Reason { get; init; }
}

/// <summary>The course of those with, or without, a factor noted by the landmark.</summary>
internal sealed record GroupCurve : IncidenceCurve
{
    public required bool Noted { get; init; }
}

/// <summary>Whether the two groups fail, and succeed, at different speeds: log-rank tests in which the other ends are censored; null is what cannot be tested or shown.</summary>
/// <param name="Failed">On failing.</param>
/// <param name="Successful">On succeeding.</param>
/// <param name="Reason">Why something is null.</param>
internal sealed record GroupTests(LogRank? Failed, LogRank? Successful, string? Reason)
{
    /// <summary>How many tests were made.</summary>
    public int Tests { get; } = 2;
}

/// <summary>The probabilities (0–1) after a day, counted from the first proposed, with pointwise 95 % limits.</summary>
internal sealed record CurvePoint(
    int Day, double Failed, double FailedLow, double FailedHigh, double Successful, double SuccessfulLow, double SuccessfulHigh, double Neither);

/// <summary>How probable each end is for all, and for those set against each other.</summary>
internal sealed record IncidenceCurves(IncidenceCurve All, IReadOnlyList<GroupCurve>? Groups, GroupTests? LogRank);

/// <summary>How probable each end is by the horizon, and by each day before.</summary>
internal sealed record IncidenceAnswer : IncidenceCurve
{
    /// <summary>The position of the ledger that the answer tells of.</summary>
    public required long Position { get; init; }

    /// <summary>The moment that was asked for; null for the present.</summary>
    public required DateTime? AsOf { get; init; }

    /// <summary>The least number that is shown, zero aside; 1 shows all.</summary>
    public required long Threshold { get; init; }

    public required RegionOf RegionOf { get; init; }

    /// <summary>In days from the first proposed.</summary>
    public required int Horizon { get; init; }

    /// <summary>In days from the first proposed; null where all are watched from their start.</summary>
    public required int? Landmark { get; init; }

    public required Entry Entry { get; init; }

    /// <summary>The day up to which those that still run were watched.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Those with a factor noted by the landmark, and the others; null where no factor was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GroupCurve>? Groups { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupTests? LogRank { get; init; }
}
