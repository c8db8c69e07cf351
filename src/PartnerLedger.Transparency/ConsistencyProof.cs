using System.Numerics;

namespace PartnerLedger.Transparency;

/// <summary>That a tree is the beginning of a larger one (RFC 6962, section 2.1.2).</summary>
public static class ConsistencyProof
{
    /// <summary>What the proof is made of, from the lowest to the highest; nothing where the smaller tree is empty or the sizes are equal.</summary>
    public static IReadOnlyList<Subtree> Path(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var path = new List<Subtree>();
        if (from == 0 || from == to)
        {
            return path;
        }

        var (left, right) = (0L, to);
        while (right != from)
        {
            var middle = left + Subtree.Split(right - left);
            if (from <= middle)
            {
                path.Add(new(middle, right));
                right = middle;
            }
            else
            {
                path.Add(new(left, middle));
                left = middle;
            }
        }

        // The smaller tree as a whole is known to whoever asks.
        if (left > 0)
        {
            path.Add(new(left, right));
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether the path leads to both roots. Every tree begins with the empty one.</summary>
    public static bool Verify(long from, TreeHash fromRoot, long to, TreeHash toRoot, IReadOnlyList<TreeHash> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (from < 0 || from > to)
        {
            return false;
        }

        if (from == 0 || from == to)
        {
            return path.Count == 0 && (from > 0 || fromRoot == MerkleTree.Empty) && (from < to || fromRoot == toRoot);
        }

        var isNode = BitOperations.IsPow2(from);
        if (!isNode && path.Count == 0)
        {
            return false;
        }

        var levels = BitOperations.TrailingZeroCount(from);
        var (at, last) = ((from - 1) >> levels, (to - 1) >> levels);
        var smaller = isNode ? fromRoot : path[0];
        var larger = smaller;
        foreach (var hash in path.Skip(isNode ? 0 : 1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                smaller = MerkleTree.Node(hash, smaller);
                larger = MerkleTree.Node(hash, larger);
                while ((at & 1) == 0)
                {
                    (at, last) = (at >> 1, last >> 1);
                }
            }
            else
            {
                larger = MerkleTree.Node(larger, hash);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && smaller == fromRoot && larger == toRoot;
    }
}
