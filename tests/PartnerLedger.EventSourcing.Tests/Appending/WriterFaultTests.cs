using Npgsql;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

public sealed class WriterFaultTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Theory]
    [InlineData("not JSON", "22P02")]
    [InlineData("{\"n\":1,\"text\":\"\\u0000\"}", "22P05")]
    [InlineData("{\"n\":1,\"text\":\"\0\"}", "22021")]
    public async Task Data_that_the_database_does_not_take_fails_its_own_command_and_no_neighbour(string data, string sqlState)
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        Task<CommandOutcome> blocker, before, bad, after;
        await using (await ledger.HoldHead())
        {
            blocker = node.Submit(Tally.Add(Tally.NewId()));
            await ledger.UntilWaiting(node);
            before = node.Submit(Tally.Add(stream));
            bad = node.Submit(Tally.Raw(stream, data));
            after = node.Submit(Tally.Add(stream, n: 5));
        }

        await blocker;
        Assert.Equal(sqlState, (await Assert.ThrowsAsync<PostgresException>(() => bad)).SqlState);
        Assert.Equal(1, Assert.IsType<CommandOutcome.Appended>(await before).Version);
        Assert.Equal((2, 6L), (Assert.IsType<CommandOutcome.Appended>(await after).Version, ((CommandOutcome.Appended)await after).State));
    }

    [Fact]
    public async Task An_event_whose_canonical_line_is_too_long_is_refused_and_the_longest_is_not()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var longest = await LongestData(node);

        Assert.Equal("PL002", (await Assert.ThrowsAsync<PostgresException>(() => node.Submit(Tally.Raw(stream, Data(longest + 1))))).SqlState);
        await node.Append(Tally.Raw(stream, Data(longest)));
    }

    [Fact]
    public async Task A_decision_that_throws_fails_its_own_command_and_no_neighbour()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());

        var (thrown, none, empty, fine) = (
            node.Submit(Tally.Decide(stream, (_, _) => throw new ArithmeticException("no sum"))),
            node.Submit(Tally.Decide(stream, (_, _) => null!)),
            node.Submit(Tally.Decide(stream, (_, _) => new Proposal.Append([], 0L, ""))),
            node.Submit(Tally.Add(stream)));

        await Assert.ThrowsAsync<ArithmeticException>(() => thrown);
        await Assert.ThrowsAsync<InvalidOperationException>(() => none);
        await Assert.ThrowsAsync<InvalidOperationException>(() => empty);
        Assert.Equal(1, Assert.IsType<CommandOutcome.Appended>(await fine).Version);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_folded_fails_the_commands_that_need_it_and_no_neighbour()
    {
        var (node, broken, fine) = (ledger.NewNode(), Tally.NewId(), Tally.NewId());
        await ledger.NewNode().Append(Tally.Raw(broken, """{"n":"none"}"""));

        var (own, resting, other) = (
            node.Submit(Tally.Add(broken)),
            node.Submit(Tally.Decide(fine, (state, _) => Tally.Added(state), basis: broken)),
            node.Submit(Tally.Add(fine)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => own);
        await Assert.ThrowsAsync<InvalidOperationException>(() => resting);
        Assert.IsType<CommandOutcome.Appended>(await other);
    }

    [Fact]
    public async Task One_command_more_than_may_wait_is_refused_at_once()
    {
        var node = ledger.NewNode(new AppendQueueOptions { Capacity = 2 });
        Task<CommandOutcome>[] taken;
        await using (await ledger.HoldHead())
        {
            var writing = node.Submit(Tally.Add(Tally.NewId()));
            await ledger.UntilWaiting(node);
            taken = [writing, node.Submit(Tally.Add(Tally.NewId())), node.Submit(Tally.Add(Tally.NewId()))];

            var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(() => node.Submit(Tally.Add(Tally.NewId())));
            Assert.Equal(UnavailableReason.QueueFull, refused.Reason);
        }

        Assert.All(await Task.WhenAll(taken), outcome => Assert.IsType<CommandOutcome.Appended>(outcome));
    }

    [Fact]
    public async Task A_command_cancelled_while_it_waits_is_not_appended()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        using var leaving = new CancellationTokenSource();
        Task<CommandOutcome> blocker, left;
        await using (await ledger.HoldHead())
        {
            blocker = node.Submit(Tally.Add(Tally.NewId()));
            await ledger.UntilWaiting(node);
            left = node.Queue.Submit(Tally.Add(stream), leaving.Token);
            await leaving.CancelAsync();
        }

        await blocker;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Empty(await ledger.Store.ReadStream(stream, default));
    }

    [Fact]
    public async Task Stopping_finishes_what_waits_and_takes_nothing_more()
    {
        var node = ledger.NewNode();
        Task<CommandOutcome>[] waiting;
        Task stopped;
        await using (await ledger.HoldHead())
        {
            waiting = [.. Enumerable.Range(0, 20).Select(_ => node.Submit(Tally.Add(Tally.NewId())))];
            await ledger.UntilWaiting(node);
            stopped = node.Queue.DisposeAsync().AsTask();
            var late = await Assert.ThrowsAsync<LedgerUnavailableException>(() => node.Submit(Tally.Add(Tally.NewId())));
            Assert.Equal(UnavailableReason.Unreachable, late.Reason);
        }

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.IsType<CommandOutcome.Appended>(outcome));
        await stopped;
        await ledger.Until("select not exists (select from pg_stat_activity where application_name = $1)", node.Name);
    }

    [Fact]
    public async Task Stopping_gives_up_on_a_server_that_does_not_answer_and_tells_those_who_wait()
    {
        var node = ledger.NewNode(new AppendQueueOptions { StopWithin = TimeSpan.FromMilliseconds(50) });
        await using (await ledger.HoldHead())
        {
            var writing = node.Submit(Tally.Add(Tally.NewId()));
            await ledger.UntilWaiting(node);
            var waiting = node.Submit(Tally.Add(Tally.NewId()));
            await node.Queue.DisposeAsync();

            Assert.Equal(UnavailableReason.OutcomeUnknown, (await Assert.ThrowsAsync<LedgerUnavailableException>(() => writing)).Reason);
            Assert.Equal(UnavailableReason.Unreachable, (await Assert.ThrowsAsync<LedgerUnavailableException>(() => waiting)).Reason);
        }
    }

    private static string Data(int length) => $$"""{"n":1,"pad":"{{new string('x', length - 16)}}"}""";

    // What the line adds to the data depends on the digits of position and version alone.
    private static async Task<int> LongestData(Node node)
    {
        var position = (await node.Append(Tally.Add(Tally.NewId()))).Position;
        var around = $$"""
            {"actor":"{{Tally.Actor}}","causationId":"b7ad6b7169203331","correlationId":"0af7651916cd43dd8448eb211c80319c","data":,"id":"{{Tally.Actor}}","position":{{position + 1}},"recordedAt":"2024-01-01T00:00:00.000000Z","streamId":"{{Tally.Actor}}","streamType":"tally","type":"added","version":1}
            """;
        return 65_535 - around.Length;
    }
}
