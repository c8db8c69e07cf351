namespace PartnerLedger.Api.Audit;

/// <summary>How far a verification has come (events, and how many there are), and at the end whether all held, or the first bad position and why.</summary>
internal sealed record Verification(long Position, long Of, bool? IsVerified = null, long? FirstBad = null, string? Reason = null);
