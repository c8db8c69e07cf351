using System.Numerics;

namespace PartnerLedger.Transparency;

/// <summary>A Merkle tree that grows leaf by leaf and keeps only what later roots need: one hash a set bit of its size.</summary>
public sealed class TreeBuilder
{
    private readonly Stack<TreeHash> _peaks = new();

    /// <summary>An empty tree.</summary>
    public TreeBuilder()
    {
    }

    /// <summary>A tree that has grown already: its size in leaves, and how the nodes hash that <see cref="Subtree.Nodes"/> names for all of them.</summary>
    public TreeBuilder(long size, Func<TreeNode, TreeHash> hashOf)
    {
        Size = size;
        foreach (var node in new Subtree(0, size).Nodes())
        {
            _peaks.Push(hashOf(node));
        }
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The root over all leaves added so far.</summary>
    public TreeHash Root => Subtree.Join(_peaks) ?? MerkleTree.Empty;

    /// <summary>Adds a leaf, and tells each node above it that has all its leaves now.</summary>
    public void Add(TreeHash leaf, Action<TreeNode, TreeHash>? completed = null)
    {
        var hash = leaf;
        var levels = BitOperations.TrailingZeroCount(~Size);
        for (var level = 1; level <= levels; level++)
        {
            hash = MerkleTree.Node(_peaks.Pop(), hash);
            completed?.Invoke(new(level, Size >> level), hash);
        }

        _peaks.Push(hash);
        Size++;
    }
}
