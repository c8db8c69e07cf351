using System.Runtime.InteropServices;
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
    private const string Erasure = "text_erased";

    private readonly TreeBuilder tree = new();
    private readonly Dictionary<Guid, long> versions = [];
    private readonly Dictionary<Guid, List<Gone>> gone = [];

    /// <summary>The last position that held.</summary>
    public long Position => tree.Size;

    /// <summary>Where a text is gone and no erasure says so, once all events have been gone through.</summary>
    public (long Position, string Reason)? Missing =>
        gone.Values.SelectMany(texts => texts).OrderBy(text => text.Position).FirstOrDefault() is { } first
            ? (first.Position, $"The text of {first.Member} is gone, and nothing says that it was erased.")
            : null;

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
        return FaultOf(recorded, texts[recorded.Position]);
    }

    // A text is the one that was committed to. Where there is none it was erased, which a later event of the stream says.
    private string? FaultOf(RecordedEvent recorded, IEnumerable<SaltedText> texts)
    {
        using var document = JsonDocument.Parse(recorded.Data);
        var data = document.RootElement;
        var owed = Commitments.In(data).ToDictionary(one => one.Pointer, one => one.Sha256, StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (!owed.Remove(text.Member, out var committed)
                || committed != Convert.ToHexStringLower(SHA256.HashData([.. text.Salt, .. Encoding.UTF8.GetBytes(text.Text)])))
            {
                return $"The text of {text.Member} is not the one that was committed to.";
            }
        }

        if (owed.Count > 0)
        {
            var corrected = data.TryGetProperty("version", out var version) ? version.GetInt64() : 0;
            (CollectionsMarshal.GetValueRefOrAddDefault(gone, recorded.StreamId, out _) ??= [])
                .Add(new(recorded.Position, owed.Keys.Order(StringComparer.Ordinal).First(), recorded.Version, corrected));
        }

        if (recorded.Type == Erasure && gone.TryGetValue(recorded.StreamId, out var earlier))
        {
            var erased = data.GetProperty("versions").EnumerateArray().Select(one => one.GetInt64()).ToHashSet();
            earlier.RemoveAll(text => erased.Contains(text.Version) || erased.Contains(text.Corrected));
        }

        return null;
    }

    // Of an event's texts the first that is gone; an erasure of a version takes the texts of its corrections, too.
    private sealed record Gone(long Position, string Member, long Version, long Corrected);
}
