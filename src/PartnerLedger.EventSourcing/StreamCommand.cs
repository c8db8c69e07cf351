namespace PartnerLedger.EventSourcing;

/// <summary>A request to change one stream: a pure decision, made on the state that its predecessors left.</summary>
public sealed record StreamCommand
{
    public required StreamType StreamType { get; init; }
    public required Guid StreamId { get; init; }

    /// <summary>True where the caller has just made the id, so that there is nothing to read.</summary>
    public bool IsNewStream { get; init; }

    /// <summary>Another stream whose state the decision rests on: it is refused to append unless that stream is unchanged.</summary>
    public (StreamType Type, Guid Id)? Basis { get; init; }

    /// <summary>Decides on the stream's state and its basis; may run several times, so it has no effects.</summary>
    public required Func<StreamState, StreamState, Proposal> Decide { get; init; }

    public required EventMetadata Metadata { get; init; }
    public IdempotencyKey? Key { get; init; }

    /// <summary>Whom the events name as their informant.</summary>
    public Informant? Informant { get; init; }

    internal StreamName Stream => new(StreamType.Name, StreamId);
}

/// <summary>What a decision proposes: events, or a refusal.</summary>
public abstract record Proposal
{
    private Proposal()
    {
    }

    /// <summary>Append these events; the stream is then in <paramref name="State"/>, and <paramref name="Answer"/> is remembered with the key.</summary>
    public sealed record Append(IReadOnlyList<NewEvent> Events, object State, string Answer) : Proposal;

    /// <summary>Change nothing, and tell the caller why.</summary>
    public sealed record Refuse(object Reason) : Proposal;
}

/// <summary>What became of a command; everything else is an exception.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>Committed: the stream's new version and state, and the position of the command's last event.</summary>
    public sealed record Appended(long Version, long Position, object State, string Answer) : CommandOutcome;

    /// <summary>Refused on state that was read from the primary.</summary>
    public sealed record Refused(object Reason, long Version) : CommandOutcome;

    /// <summary>The key was used before; whether for the same request is for the caller to tell.</summary>
    public sealed record Known(RememberedAnswer Answer) : CommandOutcome;

    /// <summary>Not appended: the informant whom the command took for new is in the ledger by now, and is to be looked up again.</summary>
    public sealed record InformantKnown : CommandOutcome;
}
