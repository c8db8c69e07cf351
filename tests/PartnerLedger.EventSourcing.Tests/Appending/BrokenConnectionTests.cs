using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

public sealed class BrokenConnectionTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task A_connection_ended_while_idle_costs_nobody_anything()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        await node.Append(Tally.Add(stream));

        await ledger.Terminate(node);
        Assert.Equal(2, (await node.Append(Tally.Add(stream))).Version);

        await ledger.Terminate(node);
        Assert.Equal(1, (await node.Append(Tally.AddBelow(Tally.NewId(), 1))).Version);
        Assert.Equal(2, (await ledger.Store.ReadStream(stream, default)).Count);
    }

    [Fact]
    public async Task A_session_ended_before_its_commit_leaves_nothing_and_its_commands_are_decided_anew()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        Task<CommandOutcome>[] waiting;
        await using (await ledger.HoldHead())
        {
            waiting = [node.Submit(Tally.Add(stream, times: 2)), node.Submit(Tally.Add(stream))];
            await ledger.UntilWaiting(node);
            await ledger.Terminate(node);
        }

        Assert.Equal([2, 3], (await Task.WhenAll(waiting)).Cast<CommandOutcome.Appended>().Select(o => o.Version));
        Assert.Equal(3, (await ledger.Store.ReadStream(stream, default)).Count);
    }

    [Fact]
    public async Task A_connection_cut_before_the_commit_cannot_be_committed_after_the_look_for_its_outcome()
    {
        await using var proxy = new Proxy(ledger.Connections.Serving);
        var (node, stream) = (ledger.NewNode(connections: proxy.Connections), Tally.NewId());
        await node.Append(Tally.Add(stream));
        Task<CommandOutcome> waiting;
        await using (await ledger.HoldHead())
        {
            waiting = node.Submit(Tally.Add(stream));
            await ledger.UntilWaiting(node);
            var session = await ledger.One<int>("select pid from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'", node.Name);
            proxy.Cut();

            // The server's old session still waits for the head, and would commit.
            await ledger.Until("select not exists (select from pg_stat_activity where pid = $1)", session);
        }

        Assert.Equal(2, Assert.IsType<CommandOutcome.Appended>(await waiting).Version);
        Assert.Equal(2, (await ledger.Store.ReadStream(stream, default)).Count);
    }

    [Fact]
    public async Task A_connection_cut_after_the_commit_is_answered_with_what_was_committed()
    {
        await using var proxy = new Proxy(ledger.Connections.Serving);
        var (node, stream) = (ledger.NewNode(connections: proxy.Connections), Tally.NewId());
        var other = Tally.NewId();
        await node.Append(Tally.Add(stream));

        var cut = proxy.CutAtNextAnswer();
        var (first, second) = (node.Append(Tally.Add(stream, times: 2)), node.Append(Tally.Add(other)));
        await cut;

        Assert.Equal((3, 3L), ((await first).Version, (await first).State));
        Assert.Equal(1, (await second).Version);
        var events = await ledger.Store.ReadStream(stream, default);
        Assert.Equal((3, (await first).Position), (events.Count, events[^1].Position));
        Assert.Single(await ledger.Store.ReadStream(other, default));
    }

    [Fact]
    public async Task An_outcome_that_cannot_be_looked_up_is_said_to_be_unknown_and_a_retry_with_the_key_tells_it()
    {
        await using var proxy = new Proxy(ledger.Connections.Serving);
        var (node, stream, key) = (ledger.NewNode(connections: proxy.Connections), Tally.NewId(), Tally.Key("unknown"));
        await node.Append(Tally.Add(stream));

        proxy.Refuse(all: true);
        var cut = proxy.CutAtNextAnswer();
        var submitted = node.Submit(Tally.Add(stream, key: key));
        await cut;
        Assert.Equal(UnavailableReason.OutcomeUnknown, (await Assert.ThrowsAsync<LedgerUnavailableException>(() => submitted)).Reason);
        Assert.Equal(UnavailableReason.Unreachable, (await Assert.ThrowsAsync<LedgerUnavailableException>(() => node.Submit(Tally.Add(stream)))).Reason);

        proxy.Refuse(all: false);
        Assert.Equal(2, Assert.IsType<CommandOutcome.Known>(await node.Submit(Tally.Add(stream, key: key))).Answer.Version);
        Assert.Equal(2, (await ledger.Store.ReadStream(stream, default)).Count);
    }

    [Fact]
    public async Task Sessions_ended_again_and_again_under_load_lose_nothing_and_double_nothing()
    {
        var nodes = new[] { ledger.NewNode(), ledger.NewNode() };
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            var (mine, acknowledged, unknown) = (Tally.NewId(), 0, 0);
            for (var i = 0; i < 40; i++)
            {
                try
                {
                    acknowledged += await nodes[w % 2].Submit(Tally.Add(mine)) is CommandOutcome.Appended ? 1 : 0;
                }
                catch (LedgerUnavailableException exception)
                {
                    // Told where the session that looks an outcome up is ended, too.
                    unknown += exception.Reason == UnavailableReason.OutcomeUnknown ? 1 : 0;
                }
            }

            return (mine, acknowledged, unknown);
        })));

        while (!writing.IsCompleted)
        {
            await ledger.Terminate(nodes[0]);
            await ledger.Terminate(nodes[1]);
        }

        foreach (var (stream, acknowledged, unknown) in await writing)
        {
            Assert.InRange((await ledger.Store.ReadStream(stream, default)).Count, acknowledged, acknowledged + unknown);
        }
    }
}
