using Microsoft.Extensions.Logging.Abstractions;
using PartnerLedger.EventSourcing.Imports;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Imports;

public sealed class TurnTests(Cluster cluster) : IAsyncLifetime
{
    private readonly Ledger ledger = new(cluster);

    public ValueTask InitializeAsync() => ledger.InitializeAsync();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task Whoever_waits_for_the_head_gets_it_after_one_transaction()
    {
        await ledger.Stage(streams: 40, events: 3);
        using var ending = new CancellationTokenSource();
        var options = new ImportOptions { FirstChunk = 10, LongestHold = TimeSpan.FromMinutes(1), Turn = TimeSpan.FromMinutes(1) };
        var mover = new ImportMover(ledger.Serving, new ImportRuns(ledger.Serving), options, ledger.NewNode().Queue, NullLogger<ImportMover>.Instance);
        await using var hindering = await ledger.Owner.OpenConnectionAsync();
        await hindering.Execute("begin; lock table ledger_leaf in share mode", default);
        var moving = mover.MoveAll(ending.Token);
        await ledger.Until("select exists (select from pg_locks where relation = 'ledger_leaf'::regclass and not granted)");
        var waiting = ledger.One<long>("select position from ledger_head for update");
        await ledger.Until("select exists (select from pg_locks where locktype = 'transactionid' and not granted)");

        await hindering.Execute("rollback", default);

        Assert.Equal(9, await waiting);
        Assert.Equal(9, await ledger.One<long>("select position from ledger_head for update"));
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => moving);
    }
}
