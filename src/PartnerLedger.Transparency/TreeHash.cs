using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PartnerLedger.Transparency;

/// <summary>A SHA-256 hash of a Merkle tree: of one leaf, of a node, or the root (RFC 6962, section 2.1).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TreeHash
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length, nameof(bytes));
        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    /// <summary>Reads base64 as notes and proofs write it; null where it is anything else.</summary>
    public static TreeHash? FromBase64(string text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length && new TreeHash(bytes) is var hash && hash.ToBase64() == text
            ? hash
            : null;
    }

    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], _low);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public string ToBase64() => Convert.ToBase64String(ToArray());

    /// <summary>In lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
