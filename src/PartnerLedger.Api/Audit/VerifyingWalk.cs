using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PartnerLedger.Api.Commands;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>Goes through the ledger in its order, and stops at the first position that is not as it was recorded and signed.</summary>
/// <param name="roots">The root that was signed at each size.</param>
internal sealed class VerifyingWalk(IReadOnlyDictionary<long, TreeHash> roots)
{
    private readonly TreeBuilder tree = new();
    private readonly Dictionary<Guid, long> versions = [];

    /// <summary>The last position that held.</summary>
    public long Position => tree.Size;

    /// <summary>Goes on with the events that follow; null where all of them hold.</summary>
    public (long Position, string Reason)? Check(
        IReadOnlyList<RecordedEvent> events, IReadOnlyDictionary<long, TreeHash> leaves, ILookup<long, SaltedText> texts)
    {
        if (events.Count == 0)
        {
            return (Position + 1, "The event is missing.");
        }

        foreach (var recorded in events)
        {
            if (FaultOf(recorded, leaves, texts) is { } reason)
            {
                return (Position + 1, reason);
            }

            tree.Add(leaves[recorded.Position]);
            if (roots.TryGetValue(tree.Size, out var root) && root != tree.Root)
            {
                return (tree.Size, "Up to here the history is not the one that was signed: this position or one before was changed, with its leaf.");
            }
        }

        return null;
    }

    private string? FaultOf(RecordedEvent recorded, IReadOnlyDictionary<long, TreeHash> leaves, ILookup<long, SaltedText> texts)
    {
        if (recorded.Position != Position + 1)
        {
            return $"The event is missing: position {recorded.Position} follows.";
        }

        if (recorded.Version != versions.GetValueOrDefault(recorded.StreamId) + 1)
        {
            return $"Version {recorded.Version} of stream {recorded.StreamId} follows version {versions.GetValueOrDefault(recorded.StreamId)}.";
        }

        if (!leaves.TryGetValue(recorded.Position, out var leaf) || EventLine.Leaf(recorded) != leaf)
        {
            return "The event is not the one that was recorded.";
        }

        versions[recorded.StreamId] = recorded.Version;
        return texts[recorded.Position].FirstOrDefault(text => !IsCommittedTo(recorded, text)) is { } other
            ? $"The text of {other.Member} is not the one that was committed to."
            : null;
    }

    private static bool IsCommittedTo(RecordedEvent recorded, SaltedText text)
    {
        using var document = JsonDocument.Parse(recorded.Data);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData([.. text.Salt, .. Encoding.UTF8.GetBytes(text.Text)]));
        return Commitments.In(document.RootElement).Contains((text.Member, sha256));
    }
}
