using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Projections;

public sealed class ParkingTests(Cluster cluster) : IAsyncLifetime
{
    private readonly Ledger ledger = new(cluster);

    public ValueTask InitializeAsync() => ledger.InitializeAsync();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task An_event_that_cannot_be_projected_parks_its_stream_alone_and_is_applied_in_order_once_mended()
    {
        var (node, poisoned, fine) = (ledger.NewNode(), Tally.NewId(), Tally.NewId());
        var poison = true;
        var counts = new Counts("poison", throws: e => poison && e.StreamId == poisoned && e.Version == 3);
        await using var model = new ReadModel(node, counts);
        var last = await Append(node, poisoned, fine);
        await model.UntilApplied(last);

        await ledger.AssertEquals(counts, except: poisoned);
        Assert.Equal(2, (await ledger.Rows(counts)).Single(r => r.Stream == poisoned).Events);
        Assert.Equal(2, await ledger.One<long>($"select count(*) from {counts.Schema}.event where stream_id = $1", poisoned));
        var parked = Assert.Single(await model.Daemon.ReadParked(default));
        Assert.Equal((poisoned, "poison"), (parked.StreamId, parked.Reason));

        Assert.Equal(parked.Position, (await model.Daemon.RetryParked(poisoned, default))!.Position);
        await model.UntilApplied((await node.Append(Tally.Add(poisoned))).Position);
        poison = false;
        Assert.Null(await model.Daemon.RetryParked(poisoned, default));

        await model.UntilApplied((await node.Append(Tally.Add(poisoned))).Position);
        await ledger.AssertEquals(counts);
        Assert.Empty(await model.Daemon.ReadParked(default));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => model.Daemon.RetryParked(poisoned, default));
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_parks_its_stream_alone()
    {
        var (node, poisoned, fine, other) = (ledger.NewNode(), Tally.NewId(), Tally.NewId(), Tally.NewId());
        await node.Append(Tally.Add(poisoned, n: -1));
        await Append(node, fine, other);
        var counts = new Counts("refused");

        await using var model = new ReadModel(node, counts);

        await model.UntilApplied(await ledger.Store.ReadHead(default));
        Assert.Equal(poisoned, Assert.Single(await model.Daemon.ReadParked(default)).StreamId);
        await ledger.AssertEquals(counts, except: poisoned);

        Assert.Contains("count_sum_check", (await model.Daemon.RetryParked(poisoned, default))!.Reason, StringComparison.Ordinal);
        await ledger.Execute($"alter table {counts.Schema}.count drop constraint count_sum_check");
        Assert.Null(await model.Daemon.RetryParked(poisoned, default));
        await model.UntilApplied(await ledger.Store.ReadHead(default));
        await ledger.AssertEquals(counts);
    }

    private static async Task<long> Append(Node node, Guid poisoned, Guid fine)
    {
        long last = 0;
        for (var i = 0; i < 6; i++)
        {
            last = (await Task.WhenAll(node.Append(Tally.Add(poisoned)), node.Append(Tally.Add(fine)))).Max(o => o.Position);
        }

        return last;
    }
}
