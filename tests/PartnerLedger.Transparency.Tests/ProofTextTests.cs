namespace PartnerLedger.Transparency.Tests;

public sealed class ProofTextTests
{
    private const string Proof = "c2sp.org/tlog-proof@v1\nindex 7\ngSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\nB95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n\n"
        + "ledger.example\n9\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— ledger.example QUJDREVGRw==\n";

    [Fact]
    public void A_proof_is_read_as_it_was_written()
    {
        var proof = TransparencyProof.Parse(Proof)!;
        Assert.Equal(7, proof.Index);
        Assert.Equal(2, proof.Path.Count);
        Assert.StartsWith("ledger.example\n9\n", proof.Checkpoint, StringComparison.Ordinal);
        Assert.Equal(Proof, proof.ToString());
    }

    [Fact]
    public void A_proof_of_a_single_leaf_has_no_path()
    {
        var proof = new TransparencyProof(0, [], "note\n");
        Assert.Equal("c2sp.org/tlog-proof@v1\nindex 0\n\nnote\n", proof.ToString());
        Assert.Empty(TransparencyProof.Parse(proof.ToString())!.Path);
    }

    [Fact]
    public void Extra_data_is_passed_over() =>
        Assert.Equal(Proof, TransparencyProof.Parse(Proof.Replace("@v1\n", "@v1\nextra QUJD\n", StringComparison.Ordinal))!.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 7\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 07\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -7\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 7\nQUJD\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 7\n")]
    public void What_is_no_proof_is_refused(string text) => Assert.Null(TransparencyProof.Parse(text));

    [Theory]
    [InlineData("0/000", 0, 0, 256)]
    [InlineData("1/067", 1, 67, 256)]
    [InlineData("0/x001/x234/067", 0, 1234067, 256)]
    [InlineData("2/x001/000.p/17", 2, 1000, 17)]
    public void A_tile_is_found_by_its_path(string path, int level, long index, int width) =>
        Assert.Equal(new TilePath(level, index, width), TilePath.Parse(path));

    [Theory]
    [InlineData("0")]
    [InlineData("0/")]
    [InlineData("0/0")]
    [InlineData("00/000")]
    [InlineData("64/000")]
    [InlineData("0/x001")]
    [InlineData("0/001/000")]
    [InlineData("0/x000/001")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/01")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/999")]
    public void One_tile_has_one_path(string path) => Assert.Null(TilePath.Parse(path));

    // The example of the specification: a tree of 70,000 leaves.
    [Theory]
    [InlineData("0/272", true)]
    [InlineData("0/273", false)]
    [InlineData("0/273.p/112", true)]
    [InlineData("0/273.p/113", false)]
    [InlineData("1/000", true)]
    [InlineData("1/001.p/17", true)]
    [InlineData("1/001.p/18", false)]
    [InlineData("2/000.p/1", true)]
    [InlineData("2/000.p/2", false)]
    [InlineData("3/000.p/1", false)]
    [InlineData("63/000.p/1", false)]
    public void A_tree_has_the_tiles_that_its_size_fills(string path, bool isThere) => Assert.Equal(isThere, TilePath.Parse(path)!.Value.IsOf(70_000));
}
