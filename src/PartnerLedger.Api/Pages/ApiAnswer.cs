namespace PartnerLedger.Api.Pages;

/// <summary>What the API answered a page: a value, or why there is none.</summary>
/// <param name="Value">What was asked for; null where it was done and there is nothing to say.</param>
/// <param name="Problem">Why it was refused.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
/// <param name="IsReplayed">Whether it is that of an earlier request with the same key.</param>
internal sealed record ApiAnswer<T>(T? Value, ApiProblem? Problem, string? NextCursor, bool IsReplayed = false)
    where T : class;
