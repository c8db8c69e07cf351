namespace PartnerLedger.Api.Tests.Feed;

/// <summary>A clock that can leap: timers fire soon, and whoever measures finds the time passed.</summary>
internal sealed class LeapingClock : TimeProvider
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private long leapt;

    public void Leap(TimeSpan time) => Interlocked.Add(ref leapt, (long)(time.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref leapt);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        // Only what looks again and again is hastened; what ends a feed or a request keeps its time.
        base.CreateTimer(callback, state, dueTime > Soon && dueTime <= TimeSpan.FromSeconds(1) ? Soon : dueTime, period);
}
