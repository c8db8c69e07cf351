namespace PartnerLedger.EventSourcing;

/// <summary>A position that only rises, and that others can wait for.</summary>
public sealed class PositionSignal
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> waiters = new();
    private TaskCompletionSource? awaited;
    private long position;

    public long Position => Volatile.Read(ref position);

    /// <summary>Whether anyone waits now.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (gate)
            {
                return waiters.Count > 0;
            }
        }
    }

    /// <summary>Raises the position, and wakes whoever waited for it; a lower one changes nothing.</summary>
    public void Advance(long to)
    {
        lock (gate)
        {
            if (to <= position)
            {
                return;
            }

            Volatile.Write(ref position, to);
            while (waiters.TryPeek(out var waiter, out var wanted) && wanted <= to)
            {
                waiters.Dequeue();
                waiter.TrySetResult();
            }
        }
    }

    /// <summary>Completes once the position is reached; throws when cancelled before.</summary>
    public async Task WaitUntil(long wanted, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (gate)
        {
            if (position >= wanted)
            {
                return;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Enqueue(waiter, wanted);
            awaited?.TrySetResult();
        }

        await using var registration = cancellationToken.Register(() =>
        {
            lock (gate)
            {
                waiters.Remove(waiter, out _, out _);
            }

            waiter.TrySetCanceled(cancellationToken);
        });
        await waiter.Task;
    }

    /// <summary>Waits as <see cref="WaitUntil"/>, but no longer than a time; tells whether the position was reached.</summary>
    public async Task<bool> TryWaitUntil(long wanted, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Position >= wanted)
        {
            return true;
        }

        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await WaitUntil(wanted, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Completes as soon as someone waits, or after a time.</summary>
    internal async Task AwaitedWithin(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return;
        }

        Task someone;
        lock (gate)
        {
            if (waiters.Count > 0)
            {
                return;
            }

            awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            someone = awaited.Task;
        }

        await Task.WhenAny(someone, Task.Delay(atMost, clock, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }
}
