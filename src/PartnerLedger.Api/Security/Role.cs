namespace PartnerLedger.Api.Security;

/// <summary>What a signed-in person or program is to the ledger; a token may carry several.</summary>
internal enum Role
{
    Leader,
    Analyst,
    Auditor,
    Operator,
}
