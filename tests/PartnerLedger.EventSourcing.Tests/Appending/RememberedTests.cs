using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

/// <summary>A node goes on from what it remembers of a stream.</summary>
public sealed class RememberedTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task Of_a_stream_that_another_node_has_changed_only_what_that_node_wrote_is_read()
    {
        var (a, b, stream) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId());
        var read = new List<long>();
        await b.Append(Tally.Add(stream, times: 3));
        await a.Append(Tally.Add(stream, n: 10, times: 2));

        var outcome = await b.Append(Tally.Add(stream) with { StreamType = Watched(read) });

        Assert.Equal([4, 5], read);
        Assert.Equal((6, 24L), (outcome.Version, outcome.State));
    }

    [Fact]
    public async Task A_stream_that_is_shorter_than_it_was_is_read_whole()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var read = new List<long>();
        await node.Append(Tally.Add(stream, n: 10, times: 2));
        await node.Append(Tally.Add(stream));
        await TakeBackLastEvent(stream);

        var outcome = await node.Append(Tally.Add(stream) with { StreamType = Watched(read) });

        Assert.Equal([1, 2], read);
        Assert.Equal((3, 21L), (outcome.Version, outcome.State));
    }

    [Fact]
    public async Task A_basis_that_another_node_has_changed_is_read_from_where_it_is_remembered()
    {
        var (a, b, stream, basis) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId(), Tally.NewId());
        var read = new List<long>();
        await b.Append(Tally.Add(basis, times: 2));
        await a.Append(Tally.Add(basis, n: 10));
        var sums = new List<long>();

        var command = Tally.Decide(stream, (state, rests) =>
        {
            sums.Add(Tally.Sum(rests));
            return Tally.Added(state);
        });
        await b.Append(command with { Basis = (Watched(read), basis) });

        Assert.Equal([3], read);
        Assert.Equal([2, 12], sums);
    }

    private static StreamType Watched(List<long> read) => new(Tally.Type.Name, (before, recorded) =>
    {
        read.Add(recorded.Version);
        return Tally.Fold(before, recorded);
    });

    // As a server does that takes over from one it lagged behind.
    private Task TakeBackLastEvent(Guid stream) => ledger.Execute(
        $"""
        set local session_replication_role = replica;
        delete from ledger_leaf where position = (select max(seq_id) from mt_events where stream_id = '{stream}');
        delete from mt_events where seq_id = (select max(seq_id) from mt_events where stream_id = '{stream}');
        update mt_streams set version = version - 1 where id = '{stream}';
        update ledger_head set position = position - 1;
        """);
}
