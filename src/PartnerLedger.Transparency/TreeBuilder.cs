using System.Numerics;

namespace PartnerLedger.Transparency;

/// <summary>A Merkle tree that grows leaf by leaf and keeps only what later roots need: one hash a set bit of its size.</summary>
public sealed class TreeBuilder
{
    private readonly Stack<TreeHash> _peaks = new();

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The root over all leaves added so far.</summary>
    public TreeHash Root => Subtree.Join(_peaks) ?? MerkleTree.Empty;

    public void Add(TreeHash leaf)
    {
        for (var full = BitOperations.TrailingZeroCount(~Size); full > 0; full--)
        {
            leaf = MerkleTree.Node(_peaks.Pop(), leaf);
        }

        _peaks.Push(leaf);
        Size++;
    }
}
