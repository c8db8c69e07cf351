using System.Buffers.Binary;
using PartnerLedger.Api.Security;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>What an auditor fetches, and checks with nothing but the key that was fetched before.</summary>
public sealed class ProofTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);
    private readonly LedgerClient auditor = service.As(Role.Auditor);

    [Fact]
    public async Task A_note_about_what_was_just_logged_is_signed_by_the_published_key()
    {
        var position = await Log(3);
        var note = await NoteFrom(position);
        var key = (await auditor.Get("/api/audit/key")).Must(200);

        var head = TreeHead.Parse(note.Text)!;
        Assert.True(note.IsSignedBy(await Key()));
        Assert.True(head.Size >= position);
        Assert.StartsWith("partnerledger/", head.Origin, StringComparison.Ordinal);
        Assert.Equal("text/plain; charset=utf-8", key.Header("Content-Type"));
        Assert.Equal((await Key()).Pem, key.Text[(key.Text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public async Task Every_event_is_proved_to_be_in_the_signed_ledger()
    {
        var size = TreeHead.Parse((await NoteFrom(await Log(5))).Text)!.Size;
        var key = await Key();
        var leaves = (byte[][])(await Sql.Run(service.Database.Owner, "select array_agg(hash order by position) from ledger_leaf where position <= $1", size))!;
        for (var position = 1; position <= size; position++)
        {
            var answer = (await auditor.Get($"/api/audit/proofs/inclusion?position={position}&size={size}")).Must(200);
            var proof = TransparencyProof.Parse(answer.Text)!;
            var note = SignedNote.Parse(proof.Checkpoint)!;

            Assert.Equal(position - 1, proof.Index);
            Assert.True(note.IsSignedBy(key));
            Assert.True(InclusionProof.Verify(new TreeHash(leaves[position - 1]), proof.Index, size, proof.Path, TreeHead.Parse(note.Text)!.Root));
        }
    }

    [Fact]
    public async Task An_earlier_note_is_proved_to_be_the_beginning_of_a_later_one()
    {
        var earlier = TreeHead.Parse((await NoteFrom(await Log(2))).Text)!;
        var later = TreeHead.Parse((await NoteFrom(await Log(300))).Text)!;
        Assert.True(later.Size > 256 && later.Size > earlier.Size);

        var answer = (await auditor.Get($"/api/audit/proofs/consistency?from={earlier.Size}&to={later.Size}")).Must(200);
        var path = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => TreeHash.FromBase64(line)!.Value).ToList();
        Assert.True(ConsistencyProof.Verify(earlier.Size, earlier.Root, later.Size, later.Root, path));
        Assert.Equal(earlier, TreeHead.Parse(SignedNote.Parse((await auditor.Get($"/api/audit/checkpoint?size={earlier.Size}")).Must(200).Text)!.Text));
    }

    [Fact]
    public async Task From_the_tiles_a_client_makes_the_root_itself()
    {
        var head = TreeHead.Parse((await NoteFrom(await Log(300))).Text)!;
        var tree = new TreeBuilder();
        var nodes = new List<TreeHash>();
        for (var index = 0; index * 256L < head.Size; index++)
        {
            var width = (int)Math.Min(256, head.Size - (index * 256L));
            foreach (var leaf in await Tile($"0/{index:000}{(width < 256 ? $".p/{width}" : "")}"))
            {
                tree.Add(leaf, (node, hash) => nodes.AddRange(node.Level == 8 ? [hash] : []));
            }
        }

        Assert.Equal(head.Root, tree.Root);
        Assert.Equal(nodes, await Tile($"1/000.p/{nodes.Count}"));
        (await auditor.Get($"/api/audit/tile/1/000.p/{nodes.Count + 1}")).Must(404);
        (await auditor.Get("/api/audit/tile/0/0")).Must(404);
    }

    [Fact]
    public async Task The_events_below_a_tile_hash_to_its_leaves()
    {
        var size = TreeHead.Parse((await NoteFrom(await Log(300))).Text)!.Size;
        foreach (var number in new[] { "000", $"001.p/{Math.Min(255, size - 256)}" })
        {
            var answer = (await auditor.Get($"/api/audit/tile/entries/{number}")).Must(200);
            var bundle = (ReadOnlyMemory<byte>)await answer.Response.Content.ReadAsByteArrayAsync();
            var leaves = new List<TreeHash>();
            while (!bundle.IsEmpty)
            {
                var end = sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
                leaves.Add(MerkleTree.Leaf(bundle.Span[sizeof(ushort)..end]));
                bundle = bundle[end..];
            }

            Assert.Equal("application/octet-stream", answer.Header("Content-Type"));
            Assert.Equal(await Tile($"0/{number}"), leaves);
        }

        (await auditor.Get("/api/audit/tile/entries/x001/000")).Must(404);
        (await auditor.Get("/api/audit/tile/entries/0/000")).Must(404);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/entries")]
    [InlineData("/entries/")]
    [InlineData("/0")]
    [InlineData("/0/")]
    [InlineData("/x")]
    public async Task An_address_that_is_no_tile_is_not_found(string address) =>
        await (await auditor.Get($"/api/audit/tile{address}")).MustBe("not-found", 404);

    [Fact]
    public async Task What_was_never_signed_is_not_found()
    {
        var size = TreeHead.Parse((await NoteFrom(await Log(1))).Text)!.Size;
        await (await auditor.Get($"/api/audit/proofs/inclusion?position=1&size={size + 1_000}")).MustBe("not-found", 404);
        await (await auditor.Get($"/api/audit/proofs/inclusion?position={size + 1_000}")).MustBe("not-found", 404);
        await (await auditor.Get($"/api/audit/proofs/consistency?from=1&to={size + 1_000}")).MustBe("not-found", 404);
        await (await auditor.Get($"/api/audit/checkpoint?size={size + 1_000}")).MustBe("not-found", 404);
        await (await auditor.Get("/api/audit/proofs/inclusion")).MustRefuse("position");
        var refused = await (await auditor.Get("/api/audit/proofs/inclusion?position=0&size=5")).MustRefuse("position");
        Assert.Equal("Must be at least 1.", refused.GetProperty("errors").GetProperty("position")[0].GetString());
        await (await auditor.Get("/api/audit/proofs/consistency")).MustRefuse("from", "to");
        await (await auditor.Get("/api/audit/proofs/consistency?from=3&to=2")).MustRefuse("from");
    }

    private async Task<long> Log(int notes)
    {
        var path = await leader.Open();
        var position = 0L;
        for (var i = 0; i < notes; i++)
        {
            position = (await leader.Post($"{path}/factors", """{"factor":"N-TRUST"}""")).Must(200).Position;
        }

        return position;
    }

    private async Task<SignedNote> NoteFrom(long position) => SignedNote.Parse((await auditor.Get($"/api/audit/checkpoint?minPosition={position}")).Must(200).Text)!;

    private async Task<NoteVerifier> Key() => NoteVerifier.Parse((await auditor.Get("/api/audit/key")).Must(200).Text.Split('\n')[0])!;

    private async Task<List<TreeHash>> Tile(string path)
    {
        var answer = (await auditor.Get($"/api/audit/tile/{path}")).Must(200);
        var bytes = await answer.Response.Content.ReadAsByteArrayAsync();
        return [.. bytes.Chunk(TreeHash.Length).Select(hash => new TreeHash(hash))];
    }
}
