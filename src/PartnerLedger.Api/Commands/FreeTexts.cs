using System.Security.Cryptography;
using System.Text.Json;
using PartnerLedger.Domain;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Commands;

/// <summary>The free texts of one command: events get commitments, the texts themselves go beside the events, erasable.</summary>
internal sealed class FreeTexts
{
    private readonly Dictionary<string, (byte[] Salt, string Text)> committed = new(StringComparer.Ordinal);

    /// <summary>Commits to a text under a fresh salt; null stays null.</summary>
    public FreeText? Commit(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var salt = RandomNumberGenerator.GetBytes(32);
        var commitment = FreeText.Commit(salt, text);
        committed.Add(commitment.Sha256, (salt, text));
        return commitment;
    }

    /// <summary>The texts that an event's data commits to, each with the JSON pointer of its commitment.</summary>
    public IReadOnlyList<EventText> Of(string data)
    {
        if (committed.Count == 0)
        {
            return [];
        }

        using var document = JsonDocument.Parse(data);
        var found = new List<EventText>();
        foreach (var (pointer, sha256) in Commitments.In(document.RootElement))
        {
            if (committed.TryGetValue(sha256, out var text))
            {
                found.Add(new EventText(pointer, text.Salt, text.Text));
            }
        }

        return found;
    }
}
