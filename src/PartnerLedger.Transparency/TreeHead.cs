using System.Globalization;

namespace PartnerLedger.Transparency;

/// <summary>What a tree was at one size, as the text of a checkpoint note (C2SP tlog-checkpoint): whose tree, how many leaves, which root.</summary>
public sealed record TreeHead(string Origin, long Size, TreeHash Root)
{
    private const int Lines = 3;

    /// <summary>The text that is signed.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n");

    /// <summary>Reads the text of a note; null where it is no tree head. Lines after the root are nothing that this ledger knows, and are not read.</summary>
    public static TreeHead? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        return lines.Length > Lines && lines[^1].Length == 0 && lines[..^1].All(line => line.Length > 0)
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size.ToString(CultureInfo.InvariantCulture) == lines[1]
            && TreeHash.FromBase64(lines[2]) is { } root
            ? new(lines[0], size, root)
            : null;
    }
}
