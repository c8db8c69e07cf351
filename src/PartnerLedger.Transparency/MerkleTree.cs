using System.Security.Cryptography;

namespace PartnerLedger.Transparency;

/// <summary>How the hashes of a Merkle tree follow from its leaves (RFC 6962, section 2.1).</summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves.</summary>
    public static TreeHash Empty { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of a leaf: of the byte 0 and what the leaf stands for.</summary>
    public static TreeHash Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> hash = stackalloc byte[TreeHash.Length];
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData([LeafPrefix]);
        sha256.AppendData(entry);
        sha256.GetHashAndReset(hash);
        return new(hash);
    }

    /// <summary>The hash of a node: of the byte 1 and its two children.</summary>
    public static TreeHash Node(TreeHash left, TreeHash right)
    {
        Span<byte> children = stackalloc byte[1 + (2 * TreeHash.Length)];
        children[0] = NodePrefix;
        left.CopyTo(children[1..]);
        right.CopyTo(children[(1 + TreeHash.Length)..]);
        Span<byte> hash = stackalloc byte[TreeHash.Length];
        SHA256.HashData(children, hash);
        return new(hash);
    }
}
