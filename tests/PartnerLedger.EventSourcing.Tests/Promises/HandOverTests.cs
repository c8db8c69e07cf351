using PartnerLedger.EventSourcing.Imports;
using PartnerLedger.EventSourcing.Tests.Fixtures;
using PartnerLedger.EventSourcing.Tests.Imports;

namespace PartnerLedger.EventSourcing.Tests.Promises;

public sealed class HandOverTests(Cluster cluster) : IAsyncLifetime
{
    private readonly Ledger ledger = new(cluster);

    public ValueTask InitializeAsync() => ledger.InitializeAsync();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task The_ledger_is_not_handed_over_while_a_node_serves()
    {
        var node = ledger.NewNode();
        await node.Append(Tally.Add(Tally.NewId()));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => HandOver.Run(ledger.Owner, default));

        Assert.Contains("still serves", refused.Message, StringComparison.Ordinal);
        await node.Queue.DisposeAsync();
        Assert.Equal(1, await HandOver.Run(ledger.Owner, default));
    }

    [Fact]
    public async Task A_node_that_has_written_nothing_yet_serves_too()
    {
        var node = ledger.NewNode();
        await ledger.Until(
            """
            select exists (select from pg_locks l join pg_database d on d.oid = l.database
                           where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.granted and d.datname = current_database())
            """);

        await Assert.ThrowsAsync<InvalidOperationException>(() => HandOver.Run(ledger.Owner, default));
        await node.Queue.DisposeAsync();
    }

    [Fact]
    public async Task Martens_next_position_follows_the_last_event()
    {
        var node = ledger.NewNode();
        await node.Append(Tally.Add(Tally.NewId(), times: 3));
        await node.Queue.DisposeAsync();

        Assert.Equal(3, await HandOver.Run(ledger.Owner, default));
        Assert.Equal(3, await HandOver.Run(ledger.Owner, default));
        Assert.Equal(4, await ledger.One<long>("select nextval('mt_events_sequence')"));
    }

    [Fact]
    public async Task An_empty_ledger_is_handed_over_at_position_one()
    {
        Assert.Equal(0, await HandOver.Run(ledger.Owner, default));
        Assert.Equal(1, await ledger.One<long>("select nextval('mt_events_sequence')"));
    }

    [Fact]
    public async Task A_ledger_that_another_writer_has_continued_is_written_to_no_more()
    {
        var node = ledger.NewNode();
        await node.Append(Tally.Add(Tally.NewId()));
        await node.Queue.DisposeAsync();
        await HandOver.Run(ledger.Owner, default);
        await using var marten = ledger.Owner.CreateCommand(
            """
            insert into mt_streams (id, type, version) values ('0190f5c0-0000-7000-8000-000000000001', 'tally', 1);
            insert into mt_events (seq_id, id, stream_id, version, data, type)
            values (nextval('mt_events_sequence'), gen_random_uuid(), '0190f5c0-0000-7000-8000-000000000001', 1, '{"n":1}', 'added');
            """);
        await marten.ExecuteNonQueryAsync();

        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.NewNode().Submit(Tally.Add(Tally.NewId())));

        Assert.Contains("another writer has continued this ledger", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, await ledger.One<long>("select max(seq_id) from mt_events"));
    }

    [Fact]
    public async Task Nobody_writes_while_the_ledger_is_handed_over()
    {
        await using var handingOver = await ledger.Owner.OpenConnectionAsync();
        await handingOver.Execute($"select pg_advisory_lock({WriterConnection.ServingLock})", default);
        var node = ledger.NewNode();

        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(() => node.Submit(Tally.Add(Tally.NewId())));

        Assert.Contains("handed over", refused.Message, StringComparison.Ordinal);
        await handingOver.Execute($"select pg_advisory_unlock({WriterConnection.ServingLock})", default);
        await node.Append(Tally.Add(Tally.NewId()));
    }

    [Fact]
    public async Task Who_may_not_move_an_import_does_not_keep_others_from_it_afterwards()
    {
        var (one, other) = (ledger.NewNode(), ledger.NewNode());
        await one.Append(Tally.Add(Tally.NewId()));
        await other.Append(Tally.Add(Tally.NewId()));
        var run = await ledger.Stage(streams: 2, events: 2);

        // As if another writer had continued the ledger, until it is put right again.
        await using var owner = await ledger.Owner.OpenConnectionAsync();
        await owner.Execute("update ledger_head set position = position - 1", default);
        Assert.False(await ledger.Mover(one).MoveAll(default));
        await owner.Execute("update ledger_head set position = position + 1", default);

        Assert.True(await ledger.Mover(other).MoveAll(default));
        Assert.Equal(ImportState.Done, (await ledger.Find(run)).State);
    }
}
