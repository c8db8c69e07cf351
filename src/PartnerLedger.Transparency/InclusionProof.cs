namespace PartnerLedger.Transparency;

/// <summary>That a leaf is in a tree (RFC 6962, section 2.1.1): the siblings on its way to the root.</summary>
public static class InclusionProof
{
    /// <summary>What the proof is made of, from the leaf's sibling up to the root's child.</summary>
    /// <param name="index">Of the leaf, from 0.</param>
    /// <param name="size">Of the tree, in leaves.</param>
    public static IReadOnlyList<Subtree> Path(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<Subtree>();
        for (var (from, to) = (0L, size); to - from > 1;)
        {
            var middle = from + Subtree.Split(to - from);
            if (index < middle)
            {
                path.Add(new(middle, to));
                to = middle;
            }
            else
            {
                path.Add(new(from, middle));
                from = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether the path leads from the leaf's hash to the root of a tree of this size.</summary>
    public static bool Verify(TreeHash leaf, long index, long size, IReadOnlyList<TreeHash> path, TreeHash root)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size)
        {
            return false;
        }

        var hash = leaf;
        var (at, last) = (index, size - 1);
        foreach (var sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                hash = MerkleTree.Node(sibling, hash);
                while ((at & 1) == 0)
                {
                    (at, last) = (at >> 1, last >> 1);
                }
            }
            else
            {
                hash = MerkleTree.Node(hash, sibling);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }
}
