using System.Globalization;
using System.Text;

namespace PartnerLedger.Transparency;

/// <summary>That an event is in a signed tree, as a text that is checked offline (C2SP tlog-proof).</summary>
/// <param name="Index">Of the leaf, from 0: the event's position less one.</param>
/// <param name="Path">From the leaf's sibling to the root's child.</param>
/// <param name="Checkpoint">The signed tree head, word for word.</param>
public sealed record TransparencyProof(long Index, IReadOnlyList<TreeHash> Path, string Checkpoint)
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1\n";
    private const string IndexMember = "index ";
    private const string ExtraMember = "extra ";

    /// <summary>Reads a proof; null where it is none. Extra data, which nothing vouches for, is passed over.</summary>
    public static TransparencyProof? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !text.StartsWith(FirstLine, StringComparison.Ordinal) || end < FirstLine.Length)
        {
            return null;
        }

        IEnumerable<string> lines = text[FirstLine.Length..end].Split('\n');
        if (lines.First().StartsWith(ExtraMember, StringComparison.Ordinal))
        {
            lines = lines.Skip(1);
        }

        var path = lines.Skip(1).Select(TreeHash.FromBase64).ToList();
        return lines.FirstOrDefault() is { } first && first.StartsWith(IndexMember, StringComparison.Ordinal)
            && long.TryParse(first[IndexMember.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index.ToString(CultureInfo.InvariantCulture) == first[IndexMember.Length..] && path.TrueForAll(hash => hash is not null)
            ? new(index, path.ConvertAll(hash => hash!.Value), text[(end + 2)..])
            : null;
    }

    /// <summary>The text of the proof.</summary>
    public override string ToString() => new StringBuilder(FirstLine)
        .Append(CultureInfo.InvariantCulture, $"{IndexMember}{Index}\n")
        .AppendJoin("", Path.Select(hash => $"{hash.ToBase64()}\n"))
        .Append('\n')
        .Append(Checkpoint)
        .ToString();
}
