namespace PartnerLedger.Api.Commands;

/// <summary>What every accepted command answers.</summary>
/// <param name="Id">The partnership.</param>
/// <param name="Version">Its version after the command; also the ETag.</param>
/// <param name="Position">Place of the command's last event in the whole ledger; for minPosition.</param>
/// <param name="State">The partnership's lifecycle state after the command.</param>
internal sealed record CommandAnswer(Guid Id, long Version, long Position, string State);
