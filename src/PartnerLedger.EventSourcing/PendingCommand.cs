namespace PartnerLedger.EventSourcing;

/// <summary>A command that waits for its outcome.</summary>
internal sealed class PendingCommand(StreamCommand command, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<CommandOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamCommand Command { get; } = command;
    public Task<CommandOutcome> Outcome => outcome.Task;

    /// <summary>Whether state and key must be read from the primary before this command is decided.</summary>
    public bool ReadsPrimary { get; private set; }

    /// <summary>How often it lost against a change of its stream.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Nobody waits any more: true at most before its events are sent.</summary>
    public bool Abandon()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            outcome.TrySetCanceled(cancellationToken);
        }

        return outcome.Task.IsCompleted;
    }

    public void Complete(CommandOutcome result) => outcome.TrySetResult(result);

    public void Fail(Exception exception) => outcome.TrySetException(exception);

    public void LookAgain() => ReadsPrimary = true;

    public void Lost()
    {
        ReadsPrimary = true;
        Conflicts++;
    }
}
