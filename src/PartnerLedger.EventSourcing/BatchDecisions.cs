namespace PartnerLedger.EventSourcing;

/// <summary>A command whose decision is to append.</summary>
internal readonly record struct DecidedCommand(PendingCommand Pending, AppendRequest Request);

/// <summary>The decisions of one batch: each on the state that its predecessors left, be it committed or not yet.</summary>
internal sealed class BatchDecisions(RecentStates<StreamName> recent)
{
    private readonly Dictionary<StreamName, StreamState> states = [];
    private readonly Dictionary<StreamName, Exception> unreadable = [];
    private readonly HashSet<StreamName> changed = [];
    private readonly HashSet<(Guid Owner, string Key)> taken = [];
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private Dictionary<(Guid Owner, string Key), RememberedAnswer> keys = [];
    private HashSet<string> informants = [];

    /// <summary>Reads what is not remembered, and what was found to be stale.</summary>
    public async Task Read(List<PendingCommand> commands, WriterConnection writer, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<StreamName, StreamType>();
        foreach (var pending in commands)
        {
            Want(pending, pending.Command.StreamType, pending.Command.StreamId, pending.Command.IsNewStream);
            if (pending.Command.Basis is { } basis)
            {
                Want(pending, basis.Type, basis.Id, isNew: false);
            }
        }

        if (wanted.Count > 0)
        {
            var events = await writer.ReadStreams([.. wanted.Keys.Select(name => (name, states[name].Version))], cancellationToken);
            foreach (var stream in events.GroupBy(e => new StreamName(e.StreamType, e.StreamId)))
            {
                Fold(stream.Key, wanted[stream.Key], stream);
            }
        }

        var wantedKeys = commands.Where(c => c is { ReadsPrimary: true, Command.Key: not null })
            .Select(c => (c.Command.Metadata.Actor, c.Command.Key!.Key)).ToHashSet();
        if (wantedKeys.Count > 0)
        {
            keys = await writer.ReadKeys(wantedKeys, cancellationToken);
        }

        var wantedWords = commands.Where(c => c is { ReadsPrimary: true, Command.Informant.IsNew: true })
            .Select(c => c.Command.Informant!.Word).ToHashSet(StringComparer.Ordinal);
        if (wantedWords.Count > 0)
        {
            informants = await writer.ReadInformants(wantedWords, cancellationToken);
        }

        // What others wrote since is read and folded onto what is remembered; a stream that was lost twice is read whole.
        void Want(PendingCommand pending, StreamType type, Guid id, bool isNew)
        {
            var name = new StreamName(type.Name, id);
            if (!pending.ReadsPrimary && (isNew || states.ContainsKey(name)))
            {
                return;
            }

            if (pending.Conflicts > 1)
            {
                recent.Forget(name);
            }

            var isRemembered = recent.TryGet(name, out var state);
            states[name] = state;
            if (!isRemembered || pending.ReadsPrimary)
            {
                wanted[name] = type;
            }
        }
    }

    /// <summary>Decides in order, answers what can be answered, and gives back what is to be appended.</summary>
    /// <param name="commands">The batch.</param>
    /// <param name="again">Takes the commands that must be decided once more.</param>
    public List<DecidedCommand> Decide(List<PendingCommand> commands, List<PendingCommand> again)
    {
        var decided = new List<DecidedCommand>();
        foreach (var pending in commands)
        {
            try
            {
                if (Decide(pending, again) is { } request)
                {
                    decided.Add(new(pending, request));
                }
            }
            catch (Exception exception)
            {
                pending.Fail(exception);
            }
        }

        return decided;
    }

    private AppendRequest? Decide(PendingCommand pending, List<PendingCommand> again)
    {
        var command = pending.Command;
        if (command.Key is { } key && keys.TryGetValue((command.Metadata.Actor, key.Key), out var remembered))
        {
            pending.Complete(new CommandOutcome.Known(remembered));
            return null;
        }

        if (command.Key is { } twice && taken.Contains((command.Metadata.Actor, twice.Key)))
        {
            // Whether the key is used is known once this batch is committed.
            pending.LookAgain();
            again.Add(pending);
            return null;
        }

        StreamName? rests = command.Basis is { } b ? new(b.Type.Name, b.Id) : null;
        if (rests is { } changedHere && changed.Contains(changedHere))
        {
            // What this batch has written to a stream that another decision rests on is not committed yet.
            again.Add(pending);
            return null;
        }

        var state = State(command.Stream);
        var basis = rests is { } name ? State(name) : default;
        var added = command.Informant is { IsNew: true } informant ? informant : null;
        switch (command.Decide(state, basis))
        {
            case Proposal.Refuse refusal when pending.ReadsPrimary && !changed.Contains(command.Stream):
                pending.Complete(new CommandOutcome.Refused(refusal.Reason, state.Version));
                return null;
            case Proposal.Refuse:
                pending.LookAgain();
                again.Add(pending);
                return null;
            case Proposal.Append { Events.Count: > 0 } when added is not null && informants.Contains(added.Word):
                pending.Complete(new CommandOutcome.InformantKnown());
                return null;
            case Proposal.Append { Events.Count: > 0 } when added is not null && !told.Add(added.Word):
                // Whether the informant is known is known once this batch is committed.
                pending.LookAgain();
                again.Add(pending);
                return null;
            case Proposal.Append { Events.Count: > 0 } append:
                states[command.Stream] = new(append.State, state.Version + append.Events.Count);
                changed.Add(command.Stream);
                if (command.Key is { } used)
                {
                    taken.Add((command.Metadata.Actor, used.Key));
                }

                return new AppendRequest(
                    command.Stream, state.Version, rests?.Id, rests is null ? null : basis.Version, command.Metadata, command.Key, added, append);
            default:
                throw new InvalidOperationException("A decision is at least one event, or a refusal.");
        }
    }

    private StreamState State(StreamName name) =>
        unreadable.TryGetValue(name, out var fault)
            ? throw new InvalidOperationException($"The {name.Type} {name.Id} cannot be read.", fault)
            : states.GetValueOrDefault(name);

    // A stream that cannot be folded fails the commands that need it, and nobody else's.
    private void Fold(StreamName name, StreamType type, IEnumerable<RecordedEvent> events)
    {
        try
        {
            var state = events.Aggregate(states[name], (before, e) => new(type.Fold(before.Value, e), e.Version));
            states[name] = state;
            recent.Set(name, state);
        }
        catch (Exception exception)
        {
            recent.Forget(name);
            unreadable[name] = exception;
        }
    }
}
