using System.Security.Cryptography;

namespace PartnerLedger.Transparency.Tests;

/// <summary>RFC 6962, section 2.1, word for word: recursive, over all leaves, on byte arrays.</summary>
internal static class NaiveTree
{
    public static byte[] Root(IReadOnlyList<byte[]> entries) => entries.Count switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. entries[0]]),
        _ => SHA256.HashData([1, .. Root([.. entries.Take(Split(entries.Count))]), .. Root([.. entries.Skip(Split(entries.Count))])]),
    };

    public static List<byte[]> Inclusion(int index, IReadOnlyList<byte[]> entries)
    {
        if (entries.Count == 1)
        {
            return [];
        }

        var split = Split(entries.Count);
        var (left, right) = ((byte[][])[.. entries.Take(split)], (byte[][])[.. entries.Skip(split)]);
        return index < split ? [.. Inclusion(index, left), Root(right)] : [.. Inclusion(index - split, right), Root(left)];
    }

    public static List<byte[]> Consistency(int from, IReadOnlyList<byte[]> entries) => Part(from, entries, isKnown: true);

    private static List<byte[]> Part(int from, IReadOnlyList<byte[]> entries, bool isKnown)
    {
        if (from == entries.Count)
        {
            return isKnown ? [] : [Root(entries)];
        }

        var split = Split(entries.Count);
        var (left, right) = ((byte[][])[.. entries.Take(split)], (byte[][])[.. entries.Skip(split)]);
        return from <= split
            ? [.. Part(from, left, isKnown), Root(right)]
            : [.. Part(from - split, right, isKnown: false), Root(left)];
    }

    private static int Split(int count)
    {
        var split = 1;
        while (split * 2 < count)
        {
            split *= 2;
        }

        return split;
    }
}
