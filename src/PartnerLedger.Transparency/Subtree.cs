using System.Numerics;
using System.Runtime.InteropServices;

namespace PartnerLedger.Transparency;

/// <summary>
/// The leaves from <paramref name="From"/> up to, but not including, <paramref name="To"/>, as a proof has need of their common hash: either
/// one node, or what stands at the tree's right edge.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Subtree(long From, long To)
{
    public long Size => To - From;

    /// <summary>The nodes it is joined from, left to right, each smaller than the one before.</summary>
    public IEnumerable<TreeNode> Nodes()
    {
        for (var (from, rest) = (From, Size); rest > 0;)
        {
            var level = BitOperations.Log2((ulong)rest);
            yield return new(level, from >> level);
            from += 1L << level;
            rest -= 1L << level;
        }
    }

    /// <summary>Its hash, from the hashes of its nodes.</summary>
    public TreeHash Hash(Func<TreeNode, TreeHash> hashOf) => Join(Nodes().Select(hashOf).Reverse()) ?? MerkleTree.Empty;

    /// <summary>The common hash of nodes given from right to left; null where there are none.</summary>
    internal static TreeHash? Join(IEnumerable<TreeHash> fromTheRight)
    {
        TreeHash? joined = null;
        foreach (var node in fromTheRight)
        {
            joined = joined is { } right ? MerkleTree.Node(node, right) : node;
        }

        return joined;
    }

    /// <summary>Where a tree of this many leaves (at least two) has its root's children divided: the largest power of two below its size.</summary>
    internal static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
