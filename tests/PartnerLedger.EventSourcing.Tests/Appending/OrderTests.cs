using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

public sealed class OrderTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task Positions_have_no_gaps_and_a_reader_skips_nothing_while_two_nodes_write_conflict_are_refused_and_fail()
    {
        var start = await ledger.Store.ReadHead(default);
        var nodes = new[] { ledger.NewNode(), ledger.NewNode() };
        var streams = Enumerable.Range(0, 6).Select(_ => Tally.NewId()).ToArray();
        var writers = Enumerable.Range(0, 16).Select(w => Task.Run(() => Write(nodes[w % 2], w, streams))).ToArray();
        var writing = Task.WhenAll(writers);

        var seen = new List<RecordedEvent>();
        while (!writing.IsCompleted || start + seen.Count < await ledger.Store.ReadHead(default))
        {
            seen.AddRange(await ledger.Store.ReadAll(start + seen.Count, 7, default));
        }

        var appended = (await writing).Sum();
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(p => start + p), seen.Select(e => e.Position));
        Assert.Equal(appended, seen.Count);
        Assert.Equal(seen.Select(e => e.RecordedAt).Order(), seen.Select(e => e.RecordedAt));
        Assert.All(seen.GroupBy(e => e.StreamId), s => Assert.Equal(Enumerable.Range(1, s.Count()).Select(v => (long)v), s.Select(e => e.Version)));
        Assert.Equal(
            await ledger.One<long>("select count(distinct xmin::text) from mt_events"),
            await ledger.One<long>("select count(distinct timestamp) from mt_events"));
    }

    [Fact]
    public async Task Commands_that_wait_together_are_committed_together_at_one_recorded_time_each_decided_on_its_predecessors_state()
    {
        var node = ledger.NewNode();
        var (blocker, stream) = (Tally.NewId(), Tally.NewId());
        var versions = new List<long>();
        Task<CommandOutcome>[] waiting;
        Task<CommandOutcome> first;
        await using (await ledger.HoldHead())
        {
            first = node.Submit(Tally.Add(blocker));
            await ledger.UntilWaiting(node);
            waiting = [.. Enumerable.Range(0, 10).Select(_ => node.Submit(Tally.Decide(stream, (state, _) =>
            {
                versions.Add(state.Version);
                return Tally.Added(state, times: 2);
            })))];
        }

        await first;
        var outcomes = (await Task.WhenAll(waiting)).Cast<CommandOutcome.Appended>().ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 2L * i), versions);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => 2L * i), outcomes.Select(o => o.Version));
        Assert.Equal(20L, outcomes[^1].State);
        var events = await ledger.Store.ReadStream(stream, default);
        Assert.Single(events.Select(e => e.RecordedAt).Distinct());
        Assert.Equal(outcomes[^1].Position, events[^1].Position);
    }

    // A mixture of appends, lost races, refusals and data that PostgreSQL does not take.
    private static async Task<int> Write(Node node, int writer, Guid[] streams)
    {
        var appended = 0;
        for (var i = 0; i < 40; i++)
        {
            var stream = streams[(i + writer) % streams.Length];
            try
            {
                var command = (i % 8) switch
                {
                    3 => Tally.Raw(stream, "not JSON"),
                    5 => Tally.AddBelow(stream, 20),
                    6 => Tally.Add(stream, times: 3),
                    _ => Tally.Add(stream),
                };
                appended += await node.Submit(command) is CommandOutcome.Appended ? (i % 8 == 6 ? 3 : 1) : 0;
            }
            catch (Npgsql.PostgresException)
            {
            }
            catch (LedgerUnavailableException exception) when (exception.Reason == UnavailableReason.Contention)
            {
            }
        }

        return appended;
    }
}
