using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>An event of a history with its proof.</summary>
internal sealed record ProvedEvent : HistoryEvent
{
    [SetsRequiredMembers]
    private ProvedEvent(HistoryEvent told, string line, IReadOnlyList<string>? proof)
        : base(told)
    {
        Line = line;
        Proof = proof;
    }

    /// <summary>The event's canonical line: what its leaf in the tree is the hash of.</summary>
    [JsonPropertyOrder(1)]
    public string Line { get; init; }

    /// <summary>The hashes on the way from the leaf to the root, in base64; null where the event is later than the note.</summary>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<string>? Proof { get; init; }

    public static ProvedEvent Of(HistoryEvent told, string line, IReadOnlyList<TreeHash>? path) =>
        new(told, line, path?.Select(hash => hash.ToBase64()).ToArray());
}
