using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Projections;

public sealed class WakeUpTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task A_node_hears_at_once_of_what_the_other_node_appends()
    {
        var (writing, reading) = (ledger.NewNode(), ledger.NewNode());
        using var stopping = new CancellationTokenSource();
        var listening = new LedgerListener(reading.Database, reading.Queue.Committed, new People(reading.Database), TimeProvider.System, NullLogger<LedgerListener>.Instance).Run(stopping.Token);
        await using var model = new ReadModel(reading, new Counts("woken"));
        await reading.Queue.Committed.WaitUntil((await writing.Append(Tally.Add(Tally.NewId()))).Position, default);
        await model.UntilApplied(reading.Queue.Committed.Position);

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 7; i++)
        {
            var position = (await writing.Append(Tally.Add(Tally.NewId()))).Position;
            var committed = Stopwatch.GetTimestamp();
            await model.UntilApplied(position);
            waits.Add(Stopwatch.GetElapsedTime(committed));
        }

        // A poll alone would take half a second in the middle.
        Assert.True(waits.Order().ElementAt(3) < TimeSpan.FromMilliseconds(250), string.Join(", ", waits));
        await stopping.CancelAsync();
        await listening;
    }

    [Fact]
    public async Task A_node_that_hears_nothing_finds_what_was_appended_by_polling()
    {
        var (writing, reading) = (ledger.NewNode(), ledger.NewNode());
        await using var model = new ReadModel(reading, new Counts("polled"));

        await model.UntilApplied((await writing.Append(Tally.Add(Tally.NewId()))).Position);

        Assert.Equal(0, reading.Queue.Committed.Position);
    }

    [Fact]
    public async Task A_listener_whose_connection_is_ended_listens_again_and_believes_nothing_but_the_head()
    {
        var (writing, reading) = (ledger.NewNode(), ledger.NewNode());
        var database = ledger.NewServing("listener");
        using var stopping = new CancellationTokenSource();
        var listening = new LedgerListener(database, reading.Queue.Committed, new People(database), TimeProvider.System, NullLogger<LedgerListener>.Instance).Run(stopping.Token);
        await reading.Queue.Committed.WaitUntil((await writing.Append(Tally.Add(Tally.NewId()))).Position, default);

        await ledger.One<object>("select pg_notify('ledger', '9000000000000000000')");
        await ledger.One<object>("select pg_notify('ledger', 'nonsense')");
        await ledger.Terminate(new Node("listener", database, reading.Queue));
        var position = (await writing.Append(Tally.Add(Tally.NewId()))).Position;
        await reading.Queue.Committed.WaitUntil(position, default);

        Assert.Equal(position, reading.Queue.Committed.Position);
        await stopping.CancelAsync();
        await listening;
    }
}
