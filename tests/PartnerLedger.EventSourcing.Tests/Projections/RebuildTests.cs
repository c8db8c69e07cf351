using Npgsql;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Projections;

public sealed class RebuildTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task A_rebuild_ends_in_the_same_rows_with_the_events_appended_meanwhile_and_reads_go_on_and_never_mix()
    {
        var node = ledger.NewNode();
        var counts = new Counts("rebuilt");
        await using var model = new ReadModel(node, counts);
        await model.UntilApplied((await Append(node, 30)).Last());
        using var rebuilt = new CancellationTokenSource();
        var reading = Task.Run(() => ReadUntil(counts, rebuilt.Token));
        var appending = Task.Run(async () => await Append(node, 60));

        for (var i = 0; i < 3; i++)
        {
            Assert.True(await model.Daemon.RebuildNow(default));
        }

        await model.UntilApplied((await appending).Last());
        await rebuilt.CancelAsync();
        Assert.True(await reading > 0);
        await ledger.AssertEquals(counts);
        Assert.Null(model.Daemon.Rebuilding);
        Assert.True(await ledger.One<bool>($"select bool_and(reltuples >= 0) from pg_class where relnamespace = '{counts.Schema}'::regnamespace and relkind = 'r'"), "not analyzed");
        Assert.False(await ledger.One<bool>("select exists (select from mt_event_progression where name like 'ledger/rebuilt/%')"));
    }

    [Fact]
    public async Task What_was_parked_is_parked_anew_by_a_rebuild_or_released_where_it_is_mended()
    {
        var (node, poisoned) = (ledger.NewNode(), Tally.NewId());
        var poison = true;
        var counts = new Counts("mended", throws: e => poison && e.StreamId == poisoned);
        await using var model = new ReadModel(node, counts);
        await model.UntilApplied((await node.Append(Tally.Add(poisoned))).Position);

        Assert.True(await model.Daemon.RebuildNow(default));
        Assert.Equal(poisoned, Assert.Single(await model.Daemon.ReadParked(default)).StreamId);
        poison = false;
        Assert.True(await model.Daemon.RebuildNow(default));

        Assert.Empty(await model.Daemon.ReadParked(default));
        await ledger.AssertEquals(counts);
    }

    [Fact]
    public async Task One_rebuild_runs_at_a_time_on_all_nodes()
    {
        var node = ledger.NewNode();
        var counts = new Counts("single");
        await using var model = new ReadModel(node, counts);
        await model.UntilApplied((await Append(node, 1)).Last());
        await using var other = await ledger.Serving.OpenConnectionAsync();
        await other.Execute("select pg_advisory_lock(hashtextextended('rebuild of single', 0))", default);

        Assert.False(await model.Daemon.RebuildNow(default));

        await other.Execute("select pg_advisory_unlock_all()", default);
        Assert.True(await model.Daemon.RebuildNow(default));
    }

    [Fact]
    public async Task A_reader_who_stays_in_the_old_tables_hinders_no_rebuild()
    {
        var node = ledger.NewNode();
        var counts = new Counts("held");
        await using var model = new ReadModel(node, counts);
        await model.UntilApplied((await Append(node, 2)).Last());
        await using var reader = await ledger.Serving.OpenConnectionAsync();
        await using (var reading = await reader.BeginTransactionAsync())
        {
            await reader.Execute($"select * from {counts.Schema}.count", default);
            Assert.True(await model.Daemon.RebuildNow(default));
            await reader.Execute($"select * from {counts.Schema}.event", default);
        }

        Assert.True(await ledger.One<bool>("select exists (select from pg_namespace where nspname = 'read_held_previous')"));
        Assert.True(await model.Daemon.RebuildNow(default));
        Assert.False(await ledger.One<bool>("select exists (select from pg_namespace where nspname = 'read_held_previous')"));
        await ledger.AssertEquals(counts);
    }

    [Fact]
    public async Task A_new_version_rebuilds_by_itself_and_the_old_node_neither_reads_nor_writes_its_tables()
    {
        var (old, young) = (ledger.NewNode(), ledger.NewNode());
        var (v1, v2) = (new Counts("versions"), new Counts("versions", version: 2));
        await using var before = new ReadModel(old, v1);
        await before.UntilApplied((await Append(old, 5)).Last());
        Assert.True(before.Daemon.IsReadable);

        await using var after = new ReadModel(young, v2);
        var last = (await Append(old, 20)).Last();
        await after.UntilApplied(last);
        while (before.Daemon.IsReadable)
        {
            await old.Append(Tally.Add(Tally.NewId()));
        }

        last = (await Append(old, 5)).Last();
        await after.UntilApplied(last);
        Assert.True(after.Daemon.IsReadable);
        Assert.True(before.Daemon.Applied.Position < last);
        Assert.False(await before.Daemon.RebuildNow(default));
        await ledger.AssertEquals(v2);
        Assert.Equal(2, await ledger.One<int>($"select min(version) from {v2.Schema}.count"));
    }

    [Fact]
    public async Task An_idle_old_node_notices_that_a_newer_version_took_over()
    {
        var (old, young) = (ledger.NewNode(), ledger.NewNode());
        await using var before = new ReadModel(old, new Counts("idle"));
        await before.UntilApplied((await Append(old, 1)).Last());
        await using var after = new ReadModel(young, new Counts("idle", version: 2));
        await after.UntilApplied(1);

        while (before.Daemon.IsReadable)
        {
            await Task.Yield();
        }
    }

    private static async Task<List<long>> Append(Node node, int rounds)
    {
        var (positions, stream) = (new List<long>(), Tally.NewId());
        for (var i = 0; i < rounds; i++)
        {
            positions.Add((await node.Append(Tally.Add(i % 3 == 0 ? stream : Tally.NewId(), times: 3))).Position);
        }

        return positions;
    }

    // A connection that stays open, and a statement prepared once, over every swap.
    private async Task<int> ReadUntil(Counts counts, CancellationToken enough)
    {
        await using var connection = await ledger.Serving.OpenConnectionAsync(CancellationToken.None);
        await using var totals = new NpgsqlCommand(counts.TotalsSql, connection);
        await totals.PrepareAsync(CancellationToken.None);
        var (reads, most) = (0, 0L);
        while (!enough.IsCancellationRequested)
        {
            await using var reader = await totals.ExecuteReaderAsync(CancellationToken.None);
            await reader.ReadAsync(CancellationToken.None);
            Assert.Equal(reader.GetInt64(0), reader.GetInt64(1));
            Assert.True(reader.GetInt64(0) >= most, "a read went back");
            most = reader.GetInt64(0);
            reads++;
        }

        return reads;
    }
}
