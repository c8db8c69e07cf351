using System.Text.Json.Nodes;

namespace PartnerLedger.Api.Pages.Partnerships;

/// <summary>An event of a partnership, in a reader's words.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Title">What happened.</param>
/// <param name="State">The state that it brought about.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Lines">What was said of it.</param>
/// <param name="WithdrawnBy">The version that withdrew it, while that holds.</param>
/// <param name="About">The version that it corrects or withdraws.</param>
/// <param name="IsCorrectable">Whether it can be corrected.</param>
public sealed record TimelineStep(
    long Version, string Type, string Title, string? State, DateTime RecordedAt, IReadOnlyList<TimelineLine> Lines, long? WithdrawnBy, long? About, bool IsCorrectable)
{
    /// <summary>Its data, as corrections left it.</summary>
    public required JsonObject Standing { get; init; }

    /// <summary>The id of who recorded it.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>The id of who told it.</summary>
    public string? ToldBy { get; init; }

    /// <summary>How its texts were erased, where they were.</summary>
    public TimelineErasure? Erasure { get; init; }

    /// <summary>What the record begins with cannot be withdrawn.</summary>
    public bool IsWithdrawable => IsCorrectable && Version > 1 && WithdrawnBy is null;
}

/// <summary>One thing that was said of an event.</summary>
/// <param name="Member">The member of its data.</param>
/// <param name="Label">What it is.</param>
/// <param name="Value">What was said; null where nothing was, or where it was erased.</param>
/// <param name="IsErased">Whether it was a text, and was erased.</param>
/// <param name="CorrectedBy">The version that changed it.</param>
/// <param name="Instead">What holds instead, where it was changed.</param>
public sealed record TimelineLine(string Member, string Label, string? Value, bool IsErased, long? CorrectedBy = null, TimelineLine? Instead = null);

/// <summary>That texts were erased.</summary>
/// <param name="Version">The event that says so.</param>
/// <param name="At">When.</param>
/// <param name="By">The id of who did.</param>
/// <param name="Ground">Why; null where that was erased, too.</param>
public sealed record TimelineErasure(long Version, DateTime At, string? By, string? Ground);
