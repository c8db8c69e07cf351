namespace PartnerLedger.EventSourcing.Tests.Appending;

public sealed class PositionSignalTests
{
    [Fact]
    public async Task Whoever_waits_is_woken_once_the_position_is_reached_and_not_before()
    {
        var signal = new PositionSignal();
        var (five, seven) = (signal.WaitUntil(5, default), signal.WaitUntil(7, default));

        signal.Advance(6);
        await five;
        Assert.False(seven.IsCompleted);
        signal.Advance(3);
        Assert.Equal(6, signal.Position);
        signal.Advance(7);
        await seven;
        await signal.WaitUntil(7, default);
        Assert.False(signal.IsAwaited);
    }

    [Fact]
    public async Task Whoever_leaves_is_forgotten()
    {
        var signal = new PositionSignal();
        using var leaving = new CancellationTokenSource();
        var waiting = signal.WaitUntil(1, leaving.Token);
        Assert.True(signal.IsAwaited);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(signal.IsAwaited);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signal.WaitUntil(1, leaving.Token));
        Assert.False(signal.IsAwaited);
    }

    [Fact]
    public async Task A_wait_that_runs_out_says_so()
    {
        var signal = new PositionSignal();
        Assert.False(await signal.TryWaitUntil(1, TimeSpan.FromMilliseconds(1), TimeProvider.System, default));
        signal.Advance(1);
        Assert.True(await signal.TryWaitUntil(1, TimeSpan.Zero, TimeProvider.System, default));
    }

    [Fact]
    public async Task A_rest_ends_as_soon_as_someone_waits()
    {
        var signal = new PositionSignal();
        var rest = signal.AwaitedWithin(TimeSpan.FromHours(1), TimeProvider.System, default);
        Assert.False(rest.IsCompleted);

        var waiting = signal.WaitUntil(1, default);

        await rest;
        await signal.AwaitedWithin(TimeSpan.FromHours(1), TimeProvider.System, default);
        signal.Advance(1);
        await waiting;
    }
}
