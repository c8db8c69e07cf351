using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

public sealed class KeyTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task A_key_used_again_gives_the_first_answer_and_appends_nothing()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var first = await node.Append(Tally.Add(stream, times: 2, key: Tally.Key("again")));

        var known = Assert.IsType<CommandOutcome.Known>(await node.Submit(Tally.Add(stream, key: Tally.Key("again")))).Answer;

        Assert.Equal((stream, first.Version, first.Position, first.Answer), (known.StreamId, known.Version, known.Position, known.Answer));
        Assert.Equal(2, (await ledger.Store.ReadStream(stream, default)).Count);
    }

    [Fact]
    public async Task A_key_is_known_after_a_restart_and_on_the_other_node()
    {
        var (node, other, stream) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId());
        await node.Append(Tally.Add(stream, key: Tally.Key("restart")));
        await node.Queue.DisposeAsync();

        Assert.IsType<CommandOutcome.Known>(await other.Submit(Tally.Add(stream, key: Tally.Key("restart"))));
        Assert.IsType<CommandOutcome.Known>(await ledger.NewNode().Submit(Tally.Add(stream, key: Tally.Key("restart"))));
        Assert.Single(await ledger.Store.ReadStream(stream, default));
    }

    [Fact]
    public async Task A_key_is_known_for_a_command_that_would_be_refused_by_now()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        await node.Append(Tally.AddBelow(stream, 1, Tally.Key("refused now")));

        Assert.IsType<CommandOutcome.Known>(await node.Submit(Tally.AddBelow(stream, 1, Tally.Key("refused now"))));
        Assert.IsType<CommandOutcome.Refused>(await node.Submit(Tally.AddBelow(stream, 1, Tally.Key("another"))));
    }

    [Fact]
    public async Task A_refusal_leaves_the_key_free()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        Assert.IsType<CommandOutcome.Refused>(await node.Submit(Tally.AddBelow(stream, 0, Tally.Key("free"))));

        await node.Append(Tally.AddBelow(stream, 1, Tally.Key("free")));
    }

    [Fact]
    public async Task Keys_of_different_owners_have_nothing_to_do_with_each_other()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        await node.Append(Tally.Add(stream, key: Tally.Key("owned")));

        await node.Append(Tally.Add(stream, key: Tally.Key("owned")) with { Metadata = new(Guid.CreateVersion7(), null, null) });
    }

    [Fact]
    public async Task One_key_twice_in_one_batch_is_appended_once()
    {
        var (node, stream, other) = (ledger.NewNode(), Tally.NewId(), Tally.NewId());
        Task<CommandOutcome> blocker;
        Task<CommandOutcome>[] twins;
        await using (await ledger.HoldHead())
        {
            blocker = node.Submit(Tally.Add(Tally.NewId()));
            await ledger.UntilWaiting(node);
            twins =
            [
                node.Submit(Tally.AddBelow(stream, 1, Tally.Key("twins"))), node.Submit(Tally.AddBelow(stream, 1, Tally.Key("twins"))),
                node.Submit(Tally.Add(other, key: Tally.Key("twins"))), node.Submit(Tally.Add(other)),
            ];
        }

        await blocker;
        var outcomes = await Task.WhenAll(twins);
        Assert.Single(outcomes[..3].OfType<CommandOutcome.Appended>());
        Assert.Equal(2, outcomes[..3].OfType<CommandOutcome.Known>().Count());
        Assert.IsType<CommandOutcome.Appended>(outcomes[3]);
        Assert.Equal(2, (await ledger.Store.ReadStream(stream, default)).Count + (await ledger.Store.ReadStream(other, default)).Count);
    }

    [Fact]
    public async Task One_key_at_once_on_two_nodes_is_appended_once()
    {
        var nodes = new[] { ledger.NewNode(), ledger.NewNode() };
        for (var round = 0; round < 10; round++)
        {
            var (stream, key) = (Tally.NewId(), Tally.Key($"two nodes {round}"));
            var submitted = new List<Task<CommandOutcome>>();
            await using (await ledger.HoldHead())
            {
                foreach (var node in nodes)
                {
                    submitted.Add(node.Submit(Tally.Add(stream, key: key)));
                    await ledger.UntilWaiting(node);
                }
            }

            var outcomes = await Task.WhenAll(submitted);
            Assert.Single(outcomes.OfType<CommandOutcome.Appended>());
            Assert.Single(outcomes.OfType<CommandOutcome.Known>());
            Assert.Single(await ledger.Store.ReadStream(stream, default));
        }
    }
}
