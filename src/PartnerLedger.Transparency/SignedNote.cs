using System.Text;

namespace PartnerLedger.Transparency;

/// <summary>A text and who signed it (C2SP signed-note).</summary>
/// <param name="Text">Ends with a newline.</param>
/// <param name="Signatures">At least one.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const string Separator = "\n\n";

    /// <summary>Signs a text with one key, or with several while one takes over from another.</summary>
    /// <exception cref="ArgumentException">The text does not end with a newline, or has another control character.</exception>
    public static SignedNote Sign(string text, params IEnumerable<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsSignable(text)
            ? new(text, [.. signers.Select(signer => signer.Sign(text))])
            : throw new ArgumentException("A note's text ends with a newline and has no other control character.", nameof(text));
    }

    /// <summary>Reads a note; null where it is none.</summary>
    public static SignedNote? Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var end = note.LastIndexOf(Separator, StringComparison.Ordinal);
        if (end < 0 || end + Separator.Length == note.Length || !note.EndsWith('\n') || note.Any(character => character < ' ' && character != '\n'))
        {
            return null;
        }

        var signatures = new List<NoteSignature>();
        foreach (var line in note[(end + Separator.Length)..^1].Split('\n'))
        {
            if (NoteSignature.Parse(line) is not { } signature)
            {
                return null;
            }

            signatures.Add(signature);
        }

        return new(note[..(end + 1)], signatures);
    }

    /// <summary>Whether this key signed the note, and no signature of this key fails.</summary>
    public bool IsSignedBy(NoteVerifier key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var own = Signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.Id).ToList();
        return own.Count > 0 && own.TrueForAll(signature => key.Verify(Text, signature));
    }

    /// <summary>The note as it is published.</summary>
    public override string ToString() => new StringBuilder(Text).Append('\n').AppendJoin("", Signatures.Select(signature => $"{signature}\n")).ToString();

    private static bool IsSignable(string text) => text.EndsWith('\n') && !text.Any(character => character < ' ' && character != '\n');
}
