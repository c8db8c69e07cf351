using PartnerLedger.EventSourcing.Imports;
using PartnerLedger.EventSourcing.Tests.Fixtures;
using PartnerLedger.EventSourcing.Tests.Promises;

namespace PartnerLedger.EventSourcing.Tests.Imports;

public sealed class ImportTests(Cluster cluster) : IAsyncLifetime
{
    private readonly Ledger ledger = new(cluster);

    public ValueTask InitializeAsync() => ledger.InitializeAsync();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task Streams_come_whole_in_the_order_of_their_numbers_with_leaves_and_texts_as_if_they_had_been_appended()
    {
        var node = ledger.NewNode();
        var known = Tally.NewId();
        await node.Append(Tally.Add(known));
        var run = await ledger.Stage(streams: 3, events: 2, existing: [(known, 1)]);

        Assert.True(await ledger.Mover(node).MoveAll(default));

        var events = await ledger.Store.ReadAll(1, 100, default);
        Assert.Equal(7, events.Count);
        Assert.Equal((known, 2L, 2L), (events[0].StreamId, events[0].Version, events[0].Position));
        Assert.Equal(
            [("""{"n": 0}""", 1L), ("""{"n": 0}""", 2L), ("""{"n": 1}""", 1L), ("""{"n": 1}""", 2L), ("""{"n": 2}""", 1L), ("""{"n": 2}""", 2L)],
            events.Skip(1).Select(e => (e.Data, e.Version)));
        Assert.All(events, e => Assert.Equal((StagedTallies.Metadata.Actor.ToString(), StagedTallies.Metadata.CorrelationId), (e.Actor, e.CorrelationId)));
        foreach (var e in events)
        {
            Assert.Equal(Convert.ToHexString(LeafTests.Leaf(e)), Convert.ToHexString(await ledger.One<byte[]>("select hash from ledger_leaf where position = $1", e.Position)));
        }

        Assert.Equal(["text 0", "text 1", "text 2"], (await ledger.Store.ReadTexts([4, 6, 8], default)).OrderBy(t => t.Key.Position).Select(t => t.Value));
        Assert.Equal(0, await ledger.One<long>("select count(*) from mt_streams s where version <> (select max(version) from mt_events e where e.stream_id = s.id)"));
        var done = await ledger.Find(run);
        Assert.Equal((ImportState.Done, 7L, 8L), (done.State, done.Moved, done.Position));
        Assert.Equal(8, node.Queue.Committed.Position);
        Assert.Equal(0, await ledger.One<long>("select count(*) from ledger_import_event"));

        // What exists now goes on from where the import left it.
        Assert.Equal(3, (await node.Append(Tally.Add(known))).Version);
    }

    [Fact]
    public async Task Broken_off_between_two_transactions_an_import_goes_on_from_there_on_another_node()
    {
        var run = await ledger.Stage(streams: 200, events: 3);
        using var crash = new CancellationTokenSource();
        var transactions = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ledger.Mover(ledger.NewNode(), firstChunk: 10).MoveAll(crash.Token, () =>
        {
            if (++transactions == 2)
            {
                crash.Cancel();
            }
        }));

        var broken = await ledger.Find(run);
        Assert.Equal(ImportState.Running, broken.State);
        Assert.InRange(broken.Moved, 1, 599);
        Assert.Equal(broken.Moved, await ledger.One<long>("select count(*) from mt_events"));

        Assert.True(await ledger.Mover(ledger.NewNode()).MoveAll(default));

        await MustBeWhole(600);
        Assert.Equal(ImportState.Done, (await ledger.Find(run)).State);
        Assert.Equal(0, await ledger.One<long>("select count(*) from ledger_import_event"));
    }

    [Fact]
    public async Task Two_connections_that_move_the_same_part_move_it_once()
    {
        await ledger.Stage(streams: 10, events: 3);
        var run = (await new ImportRuns(ledger.Serving).FindRunning(default))!;

        // On a slow disk a transaction that is given up is right, too, but nothing is moved by it.
        var options = new ImportOptions { LongestHold = TimeSpan.FromMinutes(1) };
        await using var one = await ledger.Serving.OpenConnectionAsync();
        await using var other = await ledger.Serving.OpenConnectionAsync();
        await using var first = new ImportChunks(one, ledger.Serving, run, options);
        await using var second = new ImportChunks(other, ledger.Serving, run, options);
        var (its, theirs) = ((await first.Next(12, default))!, (await second.Next(12, default))!);

        var outcomes = await Task.WhenAll(first.Move(its, default), second.Move(theirs, default));

        Assert.Single(outcomes.OfType<ChunkOutcome.Moved>());
        Assert.Single(outcomes.OfType<ChunkOutcome.Superseded>());
        await MustBeWhole(its.Events);
    }

    [Fact]
    public async Task Whoever_has_the_head_may_forget_the_request_of_an_import_that_waits_for_it()
    {
        var run = await ledger.Stage(streams: 10, events: 3);
        var node = ledger.NewNode();
        await using var erasing = await ledger.Serving.OpenConnectionAsync();
        await using var transaction = await erasing.BeginTransactionAsync();
        await erasing.Execute("update ledger_head set position = position", default);
        var moving = ledger.Mover(node).MoveAll(default);
        await ledger.UntilWaiting(node);

        await erasing.Execute($"update ledger_import set secret = null, request_hmac = null where id = '{run.Id}'", default);

        await transaction.CommitAsync();
        Assert.True(await moving);
        Assert.Equal(ImportState.Done, (await ledger.Find(run)).State);
        await MustBeWhole(30);
    }

    [Fact]
    public async Task Of_two_nodes_one_moves_and_the_other_is_told_that_it_need_not()
    {
        await ledger.Stage(streams: 500, events: 4);
        var (one, other) = (ledger.NewNode(), ledger.NewNode());

        await Task.WhenAll(ledger.Mover(one, 50).MoveAll(default), ledger.Mover(other, 50).MoveAll(default));

        await MustBeWhole(2_000);
    }

    [Fact]
    public async Task Positions_have_no_gaps_while_others_append()
    {
        var run = await ledger.Stage(streams: 1_000, events: 5);
        var node = ledger.NewNode();
        var moving = ledger.Mover(ledger.NewNode(), firstChunk: 20).MoveAll(default);
        var appended = 0;
        while (!moving.IsCompleted)
        {
            await node.Append(Tally.Add(Tally.NewId()));
            appended++;
        }

        Assert.True(await moving);
        Assert.True(appended > 0);
        await MustBeWhole(5_000 + appended);
        Assert.Equal(ImportState.Done, (await ledger.Find(run)).State);
    }

    [Fact]
    public async Task Nothing_goes_in_where_a_stream_has_changed_since()
    {
        var node = ledger.NewNode();
        var (kept, changed) = (Tally.NewId(), Tally.NewId());
        await node.Append(Tally.Add(kept));
        await node.Append(Tally.Add(changed));
        var run = await ledger.Stage(streams: 5, events: 2, existing: [(kept, 1), (changed, 1)]);
        await node.Append(Tally.Add(changed));

        Assert.True(await ledger.Mover(node).MoveAll(default));

        Assert.Equal(ImportState.Refused, (await ledger.Find(run)).State);
        await MustBeWhole(3);
        Assert.Equal(0, await ledger.One<long>("select count(*) from ledger_import_event"));
    }

    [Fact]
    public async Task Nothing_goes_in_where_that_on_which_decisions_rest_has_changed_since()
    {
        var node = ledger.NewNode();
        var basis = Tally.NewId();
        await node.Append(Tally.Add(basis));
        var run = await ledger.Stage(streams: 5, events: 2, basis: (basis, 1));
        await node.Append(Tally.Add(basis));

        await ledger.Mover(node).MoveAll(default);

        Assert.Equal(ImportState.Refused, (await ledger.Find(run)).State);
        await MustBeWhole(2);
    }

    [Fact]
    public async Task An_import_that_the_database_refuses_stops_and_those_behind_it_go_on()
    {
        await using (var stage = await ImportStage.Open(ledger.Serving, Guid.CreateVersion7(), default))
        {
            await stage.Add(1, Tally.NewId(), 1, Tally.Event("no JSON"), default);
            var faulty = new ImportRun { Id = stage.Id, Metadata = StagedTallies.Metadata, Key = null, StreamType = "tally", Basis = null, Lines = 1, Streams = 1, Events = 1 };
            Assert.True(await stage.Complete(faulty, await ImportedPeople.Read(ledger.Serving, default), default));
        }

        var good = await ledger.Stage(streams: 2, events: 2);

        await ledger.Mover(ledger.NewNode()).MoveAll(default);

        Assert.Equal("stopped", await ledger.One<string>("select state from ledger_import order by created_at limit 1"));
        Assert.Equal(ImportState.Done, (await ledger.Find(good)).State);
        await MustBeWhole(4);
    }

    [Fact]
    public async Task What_was_not_completed_leaves_no_trace()
    {
        await using (var stage = await ImportStage.Open(ledger.Serving, Guid.CreateVersion7(), default))
        {
            await stage.Add(1, Tally.NewId(), 1, Tally.Event("""{"n":1}"""), default);
        }

        Assert.Equal(0, await ledger.One<long>("select (select count(*) from ledger_import) + (select count(*) from ledger_import_event)"));
    }

    [Fact]
    public async Task A_transaction_that_would_hold_the_head_too_long_is_given_up_and_made_smaller_down_to_one_stream()
    {
        var run = await ledger.Stage(streams: 12, events: 3);
        var moved = 0;
        var mover = new ImportMover(
            ledger.Serving, new ImportRuns(ledger.Serving), new ImportOptions { LongestHold = TimeSpan.FromMilliseconds(1) }, ledger.NewNode().Queue,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ImportMover>.Instance);

        Assert.True(await mover.MoveAll(default, () => moved++));

        Assert.Equal(12, moved);
        await MustBeWhole(36);
        Assert.Equal(ImportState.Done, (await ledger.Find(run)).State);
    }

    [Fact]
    public async Task An_event_whose_line_is_too_long_stops_its_import_and_leaves_nothing_of_its_transaction()
    {
        await using (var stage = await ImportStage.Open(ledger.Serving, Guid.CreateVersion7(), default))
        {
            await stage.Add(1, Tally.NewId(), 1, Tally.Event("""{"n":1}"""), default);
            await stage.Add(2, Tally.NewId(), 1, Tally.Event($$"""{"long":"{{new string('x', 65_535)}}"}"""), default);
            var faulty = new ImportRun { Id = stage.Id, Metadata = StagedTallies.Metadata, Key = null, StreamType = "tally", Basis = null, Lines = 2, Streams = 2, Events = 2 };
            Assert.True(await stage.Complete(faulty, await ImportedPeople.Read(ledger.Serving, default), default));
        }

        await ledger.Mover(ledger.NewNode()).MoveAll(default);

        Assert.Equal("stopped", await ledger.One<string>("select state from ledger_import"));
        await MustBeWhole(0);
    }

    private async Task MustBeWhole(long events)
    {
        Assert.Equal(events, await ledger.One<long>("select count(*) from mt_events"));
        Assert.Equal(events, await ledger.One<long>("select coalesce(max(seq_id), 0) from mt_events"));
        Assert.Equal(events, await ledger.One<long>("select position from ledger_head"));
        Assert.Equal(events, await ledger.One<long>("select count(*) from ledger_leaf"));
        Assert.Equal(events, await ledger.One<long>("select count(distinct id) from mt_events"));
    }
}
