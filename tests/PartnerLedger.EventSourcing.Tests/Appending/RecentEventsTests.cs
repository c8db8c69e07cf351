using System.Text.Json;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

public sealed class RecentEventsTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task What_a_node_has_appended_it_knows_as_the_database_does()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var before = await ledger.Store.ReadHead(default);
        await node.Append(Tally.Add(stream, times: 2));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => node.Append(Tally.Add(n % 2 == 0 ? stream : Tally.NewId(), n))));

        var known = node.Queue.Recent.After(before, long.MaxValue, 100)!;

        var stored = await ledger.Store.ReadAll(before, 100, default);
        Assert.Equal(22, stored.Count);
        Assert.Equal(stored, known.Zip(stored, (one, other) => one with { Data = other.Data }));
        Assert.All(known.Zip(stored), pair => Assert.True(JsonElement.DeepEquals(Parse(pair.First.Data), Parse(pair.Second.Data))));
        Assert.Equal(
            [null, 2L], known.Take(2).Select(recorded => recorded.StateAfter));
    }

    [Fact]
    public async Task It_hands_out_no_more_than_is_wanted()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var last = (await node.Append(Tally.Add(stream, times: 5))).Position;

        Assert.Equal([last - 3, last - 2], Positions(node, last - 4, limit: 2));
        Assert.Equal([last - 3], Positions(node, last - 4, toPosition: last - 3));
        Assert.Null(Positions(node, last));
    }

    [Fact]
    public async Task Where_another_node_has_written_in_between_it_leaves_all_to_the_database()
    {
        var (a, b, stream) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId());
        await a.Append(Tally.Add(stream));
        var between = (await b.Append(Tally.Add(stream))).Position;
        var last = (await a.Append(Tally.Add(stream))).Position;

        Assert.Null(Positions(a, between - 2));
        Assert.Equal([last], Positions(a, between));

        b.Queue.Tell(last);
        Assert.Null(Positions(b, between - 1));
    }

    [Fact]
    public async Task It_keeps_the_last_of_many()
    {
        var node = ledger.NewNode();
        var last = (await node.Append(Tally.Add(Tally.NewId(), times: 5_000))).Position;

        Assert.Null(Positions(node, last - 5_000));
        Assert.Equal(4_000, Positions(node, last - 4_000)!.Count());
    }

    [Fact]
    public async Task It_keeps_neither_long_data_nor_the_state_of_a_long_stream()
    {
        var node = ledger.NewNode();
        var data = (await node.Append(Tally.Raw(Tally.NewId(), $$"""{"n":1,"more":"{{new string('x', 5_000)}}"}"""))).Position;
        var stream = (await node.Append(Tally.Add(Tally.NewId(), times: 501))).Position;

        Assert.Null(Positions(node, data - 1));
        Assert.Null(node.Queue.Recent.After(stream - 1, long.MaxValue, 1)![0].StateAfter);
    }

    [Fact]
    public async Task It_forgets_what_a_connection_that_broke_had_appended()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        await node.Append(Tally.Add(stream));
        await ledger.Terminate(node);
        var last = (await node.Append(Tally.Add(stream))).Position;

        Assert.Null(Positions(node, last - 2));
        Assert.Equal([last], Positions(node, last - 1));
    }

    private static IEnumerable<long>? Positions(Node node, long after, long toPosition = long.MaxValue, int limit = 10_000) =>
        node.Queue.Recent.After(after, toPosition, limit)?.Select(recorded => recorded.Position);

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}
