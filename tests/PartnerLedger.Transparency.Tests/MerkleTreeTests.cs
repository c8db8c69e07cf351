namespace PartnerLedger.Transparency.Tests;

public sealed class MerkleTreeTests
{
    private const int Sizes = 100;

    private static readonly byte[][] Entries = [.. Enumerable.Range(0, Sizes).Select(i => (byte[])[(byte)i, (byte)(i * 7)])];
    private static readonly TreeHash[] Leaves = [.. Entries.Select(entry => MerkleTree.Leaf(entry))];
    private static readonly TreeHash[] Roots = [.. Enumerable.Range(0, Sizes + 1).Select(RootOf)];

    // The reference tree of implementations of RFC 6962.
    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_reference_tree_has_its_roots(int size, string root)
    {
        string[] entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var tree = new TreeBuilder();
        foreach (var entry in entries.Take(size))
        {
            tree.Add(MerkleTree.Leaf(Convert.FromHexString(entry)));
        }

        Assert.Equal(size, tree.Size);
        Assert.Equal(root, tree.Root.ToString());
    }

    [Fact]
    public void Every_root_is_the_one_of_the_definition()
    {
        for (var size = 0; size <= Sizes; size++)
        {
            Assert.Equal(NaiveTree.Root(Entries[..size]), Roots[size].ToArray());
        }
    }

    [Fact]
    public void Every_leaf_is_proved_in_every_tree_and_no_flipped_bit_passes()
    {
        for (var size = 1; size <= Sizes; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var path = Hashes(InclusionProof.Path(index, size));
                Assert.Equal(NaiveTree.Inclusion(index, Entries[..size]), path.Select(hash => hash.ToArray()));
                Assert.True(InclusionProof.Verify(Leaves[index], index, size, path, Roots[size]));
                Assert.False(InclusionProof.Verify(Flipped(Leaves[index]), index, size, path, Roots[size]));
                Assert.False(InclusionProof.Verify(Leaves[index], index, size, path, Flipped(Roots[size])));
                Assert.All(Damaged(path), damaged => Assert.False(InclusionProof.Verify(Leaves[index], index, size, damaged, Roots[size])));
            }
        }
    }

    [Fact]
    public void A_leaf_is_proved_at_no_other_place_and_in_no_tree_of_another_shape()
    {
        for (var size = 2; size <= Sizes; size++)
        {
            var index = size / 3;
            var path = Hashes(InclusionProof.Path(index, size));
            Assert.False(InclusionProof.Verify(Leaves[index], index + 1, size, path, Roots[size]));
            Assert.False(InclusionProof.Verify(Leaves[index], index, index, path, Roots[size]));
            Assert.False(InclusionProof.Verify(Leaves[index], -1, size, path, Roots[size]));
        }
    }

    [Fact]
    public void Every_tree_is_proved_the_beginning_of_every_larger_one_and_no_flipped_bit_passes()
    {
        for (var to = 0; to <= Sizes; to++)
        {
            for (var from = 0; from <= to; from++)
            {
                var path = Hashes(ConsistencyProof.Path(from, to));
                if (from > 0)
                {
                    Assert.Equal(NaiveTree.Consistency(from, Entries[..to]), path.Select(hash => hash.ToArray()));
                }

                Assert.True(ConsistencyProof.Verify(from, Roots[from], to, Roots[to], path));
                Assert.False(ConsistencyProof.Verify(from, Flipped(Roots[from]), to, Roots[to], path));
                Assert.True(from == 0 && to > 0 || !ConsistencyProof.Verify(from, Roots[from], to, Flipped(Roots[to]), path));
                Assert.False(ConsistencyProof.Verify(to + 1, Roots[from], to, Roots[to], path));
                Assert.All(Damaged(path), damaged => Assert.False(ConsistencyProof.Verify(from, Roots[from], to, Roots[to], damaged)));
            }
        }
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(3, 3)]
    public void There_is_no_path_to_a_leaf_outside_the_tree(long index, long size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => InclusionProof.Path(index, size));

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    public void There_is_no_path_to_a_smaller_tree(long from, long to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConsistencyProof.Path(from, to));

    [Fact]
    public void A_proof_in_a_large_tree_needs_few_nodes()
    {
        const long size = 1_000_003;
        Assert.True(InclusionProof.Path(777_777, size).Count <= 20);
        Assert.True(InclusionProof.Path(777_777, size).Sum(part => part.Nodes().Count()) <= 40);
        Assert.True(ConsistencyProof.Path(999_999, size).Sum(part => part.Nodes().Count()) <= 40);
    }

    private static List<TreeHash> Hashes(IReadOnlyList<Subtree> path) => [.. path.Select(part => part.Hash(HashOf))];

    private static TreeHash HashOf(TreeNode node) => RootOf(Leaves.Skip((int)(node.Index << node.Level)).Take(1 << node.Level));

    private static TreeHash RootOf(int size) => RootOf(Leaves.Take(size));

    private static TreeHash RootOf(IEnumerable<TreeHash> leaves)
    {
        var tree = new TreeBuilder();
        foreach (var leaf in leaves)
        {
            tree.Add(leaf);
        }

        return tree.Root;
    }

    private static IEnumerable<List<TreeHash>> Damaged(List<TreeHash> path)
    {
        for (var i = 0; i < path.Count; i++)
        {
            yield return [.. path[..i], Flipped(path[i]), .. path[(i + 1)..]];
            yield return [.. path[..i], .. path[(i + 1)..]];
        }

        yield return [.. path, Leaves[0]];
    }

    private static TreeHash Flipped(TreeHash hash)
    {
        var bytes = hash.ToArray();
        bytes[^1] ^= 1;
        return new(bytes);
    }
}
