namespace PartnerLedger.EventSourcing;

/// <summary>One decided command on its way into a batch: what <c>append_events</c> takes as one request.</summary>
internal sealed record AppendRequest(
    StreamName Stream,
    long ExpectedVersion,
    Guid? BasisId,
    long? BasisVersion,
    EventMetadata Metadata,
    IdempotencyKey? Key,
    Informant? NewInformant,
    Proposal.Append Proposal)
{
    /// <summary>The version that this request makes.</summary>
    public long Version => ExpectedVersion + Proposal.Events.Count;
}
