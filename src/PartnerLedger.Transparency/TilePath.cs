using System.Globalization;
using System.Runtime.InteropServices;

namespace PartnerLedger.Transparency;

/// <summary>
/// Which tile of a tree (C2SP tlog-tiles): <paramref name="Width"/> hashes (1–256) of level 8 · <paramref name="Level"/>, beginning with number
/// <paramref name="Index"/> · 256.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TilePath(int Level, long Index, int Width)
{
    /// <summary>Levels of the tree from one tile to the next above it.</summary>
    public const int Height = 8;

    /// <summary>Hashes in a whole tile.</summary>
    public const int Full = 1 << Height;

    private const int LastLevel = 63;
    private const int Digits = 3;
    private const string PartMark = ".p/";

    /// <summary>Reads <c>L/N</c> or <c>L/N.p/W</c>, where N is in groups of three digits, all but the last begun with an x; null where it is neither.</summary>
    public static TilePath? Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var width = Full;
        var part = path.IndexOf(PartMark, StringComparison.Ordinal);
        if (part >= 0)
        {
            if (Number(path[(part + PartMark.Length)..]) is not ({ } given and >= 1 and < Full))
            {
                return null;
            }

            (width, path) = ((int)given, path[..part]);
        }

        return path.Split('/') is [var first, .. { Length: > 0 } groups] && Number(first) is { } level and <= LastLevel && IndexOf(groups) is { } index
            ? new((int)level, index, width)
            : null;
    }

    /// <summary>Whether a tree of this size has all hashes of this tile.</summary>
    public bool IsOf(long size)
    {
        var hashes = Level * Height < 63 ? size >> (Level * Height) : 0;
        return Width <= hashes - (Index * Full);
    }

    private static long? IndexOf(string[] groups)
    {
        var digits = "";
        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i];
            if (i < groups.Length - 1)
            {
                if (!group.StartsWith('x'))
                {
                    return null;
                }

                group = group[1..];
            }

            if (group.Length != Digits || !group.All(char.IsAsciiDigit))
            {
                return null;
            }

            digits += group;
        }

        // One number has one path.
        return (groups.Length == 1 || !digits.StartsWith("000", StringComparison.Ordinal))
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= long.MaxValue / Full
            ? index
            : null;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text ? number : null;
}
