using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Projections;

public sealed class DaemonTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task Two_nodes_never_apply_an_event_twice()
    {
        var (a, b) = (ledger.NewNode(), ledger.NewNode());
        var counts = new Counts("twice");
        await using var first = new ReadModel(a, counts);
        await using var second = new ReadModel(b, counts);

        await Append(a, b, rounds: 60);

        var head = await ledger.Store.ReadHead(default);
        await Task.WhenAll(first.UntilApplied(head), second.UntilApplied(head));
        await ledger.AssertEquals(counts);
    }

    [Fact]
    public async Task A_projection_whose_connections_are_cut_again_and_again_goes_on_where_it_stopped()
    {
        var (a, b) = (ledger.NewNode(), ledger.NewNode());
        var counts = new Counts("cut");
        var readers = new Node("cut projection", ledger.NewServing("cut projection"), a.Queue);
        var appending = Task.Run(() => Append(a, b, rounds: 40));
        var model = new ReadModel(readers, counts);
        while (!appending.IsCompleted)
        {
            await ledger.Terminate(readers);
            await model.DisposeAsync();
            model = new ReadModel(readers, counts);
            await model.UntilApplied(1);
        }

        await appending;
        await model.UntilApplied(await ledger.Store.ReadHead(default));
        await model.DisposeAsync();
        await ledger.AssertEquals(counts);
    }

    [Fact]
    public async Task A_projection_that_starts_late_reads_the_whole_ledger_and_ignores_streams_of_other_types()
    {
        var node = ledger.NewNode();
        await node.Append(Tally.Add(Tally.NewId(), times: 5));
        await node.Append(Tally.Add(Tally.NewId()) with { StreamType = new("other", Tally.Fold) });
        var counts = new Counts("late");

        await using var model = new ReadModel(node, counts);

        await model.UntilApplied(await ledger.Store.ReadHead(default));
        Assert.True(model.Daemon.IsReadable);
        await ledger.AssertEquals(counts);
    }

    private static Task Append(Node a, Node b, int rounds)
    {
        var streams = Enumerable.Range(0, 10).Select(_ => Tally.NewId()).ToArray();
        return Task.WhenAll(Enumerable.Range(0, 4).Select(async w =>
        {
            for (var i = 0; i < rounds; i++)
            {
                await (w % 2 == 0 ? a : b).Append(Tally.Add(streams[(i % 5) + (w % 2 * 5)], n: 2));
            }
        }));
    }
}
