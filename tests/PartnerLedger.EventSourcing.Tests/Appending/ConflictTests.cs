using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

public sealed class ConflictTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task A_command_that_lost_against_the_other_node_is_decided_anew_on_what_that_node_wrote()
    {
        var (a, b, stream) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId());
        await b.Append(Tally.Add(stream));
        await a.Append(Tally.Add(stream));
        var seen = new List<long>();

        var outcome = await b.Append(Tally.Decide(stream, (state, _) =>
        {
            seen.Add(state.Version);
            return Tally.Added(state);
        }));

        Assert.Equal([1, 2], seen);
        Assert.Equal((3, 3L), (outcome.Version, outcome.State));
    }

    [Fact]
    public async Task A_command_that_keeps_losing_is_decided_five_times_anew_and_then_given_up()
    {
        var (a, b, stream) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId());
        var decided = 0;

        var failure = await Assert.ThrowsAsync<LedgerUnavailableException>(() => b.Submit(Tally.Decide(stream, (state, _) =>
        {
            decided++;
            Win(a, stream);
            return Tally.Added(state);
        })));

        Assert.Equal(UnavailableReason.Contention, failure.Reason);
        Assert.Equal(6, decided);
        Assert.Equal(6, (await ledger.Store.ReadStream(stream, default)).Count);
        await b.Append(Tally.Add(stream));
    }

    [Fact]
    public async Task A_command_that_loses_five_times_is_appended_at_the_sixth()
    {
        var (a, b, stream) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId());
        var decided = 0;

        var outcome = await b.Append(Tally.Decide(stream, (state, _) =>
        {
            if (++decided <= 5)
            {
                Win(a, stream);
            }

            return Tally.Added(state);
        }));

        Assert.Equal((6, 6L), (decided, outcome.Version));
    }

    [Fact]
    public async Task A_refusal_from_a_stale_cache_is_decided_again_on_what_the_primary_has()
    {
        var (a, b, stream) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId());
        await b.Append(Tally.Add(stream));
        await a.Append(Tally.Add(stream, n: -1));

        var outcome = await b.Append(Tally.AddBelow(stream, 1));

        Assert.Equal(3, outcome.Version);
    }

    [Fact]
    public async Task A_refusal_tells_the_version_it_was_decided_on_and_changes_nothing()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        await node.Append(Tally.Add(stream));

        var refused = Assert.IsType<CommandOutcome.Refused>(await node.Submit(Tally.AddBelow(stream, 1)));

        Assert.Equal(("full", 1), (refused.Reason, refused.Version));
        Assert.Single(await ledger.Store.ReadStream(stream, default));
    }

    [Fact]
    public async Task A_refusal_that_rests_on_a_neighbour_in_the_batch_waits_until_that_neighbour_is_committed()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        Task<CommandOutcome> blocker, first, second;
        await using (await ledger.HoldHead())
        {
            blocker = node.Submit(Tally.Add(Tally.NewId()));
            await ledger.UntilWaiting(node);
            (first, second) = (node.Submit(Tally.AddBelow(stream, 1)), node.Submit(Tally.AddBelow(stream, 1)));
        }

        await blocker;
        Assert.IsType<CommandOutcome.Appended>(await first);
        Assert.Equal(1, Assert.IsType<CommandOutcome.Refused>(await second).Version);
    }

    [Fact]
    public async Task A_decision_that_rests_on_a_stream_the_other_node_has_changed_is_made_anew_on_the_new_basis()
    {
        var (a, b, stream, basis) = (ledger.NewNode(), ledger.NewNode(), Tally.NewId(), Tally.NewId());
        await b.Append(Tally.Add(basis));
        await a.Append(Tally.Add(basis, n: 10));
        var seen = new List<long>();

        await b.Append(Tally.Decide(
            stream,
            (state, rests) =>
            {
                seen.Add(Tally.Sum(rests));
                return Tally.Added(state);
            },
            basis: basis));

        Assert.Equal([1, 11], seen);
    }

    [Fact]
    public async Task A_decision_whose_basis_is_changed_in_its_own_batch_rests_on_the_committed_change()
    {
        var (node, stream, basis) = (ledger.NewNode(), Tally.NewId(), Tally.NewId());
        Task<CommandOutcome> blocker, change, rests;
        var seen = new List<StreamState>();
        await using (await ledger.HoldHead())
        {
            blocker = node.Submit(Tally.Add(Tally.NewId()));
            await ledger.UntilWaiting(node);
            change = node.Submit(Tally.Add(basis));
            rests = node.Submit(Tally.Decide(
                stream,
                (state, basisState) =>
                {
                    seen.Add(basisState);
                    return Tally.Added(state);
                },
                basis: basis));
        }

        await Task.WhenAll(blocker, change, rests);
        Assert.Equal([new StreamState(1L, 1)], seen);
    }

    [Fact]
    public async Task An_id_of_another_type_of_stream_is_no_stream_and_harms_nobody_who_uses_the_right_type()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        await node.Append(Tally.Add(stream));
        var other = new StreamType("other", (_, _) => throw new InvalidOperationException("Not of this type."));

        var (mistaken, right) = (
            node.Submit(Tally.Add(stream) with { StreamType = other, Decide = (state, _) => new Proposal.Refuse($"at {state.Version}") }),
            node.Submit(Tally.Add(stream)));

        Assert.Equal("at 0", Assert.IsType<CommandOutcome.Refused>(await mistaken).Reason);
        Assert.Equal(2, Assert.IsType<CommandOutcome.Appended>(await right).Version);
    }

    [Fact]
    public async Task A_batch_may_touch_more_streams_than_are_remembered()
    {
        var node = ledger.NewNode(new AppendQueueOptions { RecentStreams = 1 });
        var streams = Enumerable.Range(0, 20).Select(_ => Tally.NewId()).ToArray();

        for (var round = 1; round <= 3; round++)
        {
            var outcomes = await Task.WhenAll(streams.Select(s => node.Append(Tally.Add(s))));
            Assert.All(outcomes, o => Assert.Equal(round, o.Version));
        }
    }

    // Decisions are synchronous, and the other node runs on threads of its own.
#pragma warning disable VSTHRD002
    private static void Win(Node node, Guid stream) => node.Append(Tally.Add(stream)).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
}
