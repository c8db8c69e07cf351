using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>What the writer does with the commands it took: read what must be read, decide in order, append, answer.</summary>
internal sealed class AppendBatch(
    WriterConnection writer, RecentStates states, AppendQueueOptions options, PositionSignal committed, ILogger logger)
{
    private readonly record struct Decided(PendingCommand Pending, AppendRequest Request);

    private readonly Dictionary<Guid, Exception> unreadable = [];

    /// <summary>Answers every command but those it gives back, which are to be decided again before all others.</summary>
    public async Task<List<PendingCommand>> Process(List<PendingCommand> commands, CancellationToken cancellationToken)
    {
        commands.RemoveAll(command => command.Abandon());
        if (commands.Count == 0)
        {
            return [];
        }

        await writer.Open(cancellationToken);
        unreadable.Clear();
        var keys = await ReadPrimary(commands, cancellationToken);
        var again = new List<PendingCommand>();
        var decided = Decide(commands, keys, again);
        if (decided.Count > 0)
        {
            await Append(decided, again, cancellationToken);
        }

        return again;
    }

    public async Task Reset()
    {
        states.Clear();
        await writer.Reset();
    }

    private async Task<Dictionary<(Guid, string), RememberedAnswer>> ReadPrimary(
        List<PendingCommand> commands, CancellationToken cancellationToken)
    {
        var types = new Dictionary<Guid, StreamType>();
        foreach (var (command, readsPrimary) in commands.Select(c => (c.Command, c.ReadsPrimary)))
        {
            Want(command.StreamType, command.StreamId, readsPrimary, command.IsNewStream);
            if (command.Basis is { } basis)
            {
                Want(basis.Type, basis.Id, readsPrimary, isNew: false);
            }
        }

        if (types.Count > 0)
        {
            foreach (var id in types.Keys)
            {
                states.Set(id, default);
            }

            foreach (var stream in (await writer.ReadStreams([.. types.Keys], cancellationToken)).GroupBy(e => e.StreamId))
            {
                Fold(types[stream.Key], stream);
            }
        }

        var keys = commands.Where(c => c is { ReadsPrimary: true, Command.Key: not null })
            .Select(c => (c.Command.Metadata.Actor, c.Command.Key!.Key)).ToHashSet();
        return keys.Count > 0 ? await writer.ReadKeys(keys, cancellationToken) : [];

        void Want(StreamType type, Guid id, bool readsPrimary, bool isNew)
        {
            if (readsPrimary || !(isNew || states.TryGet(id, out _)))
            {
                types[id] = type;
            }
        }
    }

    // A stream that cannot be folded fails its own commands, and nobody else's.
    private void Fold(StreamType type, IGrouping<Guid, RecordedEvent> stream)
    {
        try
        {
            states.Set(stream.Key, stream.Aggregate(default(StreamState), (state, e) => new(type.Fold(state.Value, e), e.Version)));
        }
        catch (Exception exception)
        {
            unreadable[stream.Key] = exception;
            states.Forget(stream.Key);
        }
    }

    private List<Decided> Decide(
        List<PendingCommand> commands, Dictionary<(Guid, string), RememberedAnswer> keys, List<PendingCommand> again)
    {
        var decided = new List<Decided>();
        var left = new Dictionary<Guid, StreamState>();
        foreach (var pending in commands)
        {
            var command = pending.Command;
            if (command.Key is { } key && keys.TryGetValue((command.Metadata.Actor, key.Key), out var remembered))
            {
                pending.Complete(new CommandOutcome.Known(remembered));
                continue;
            }

            if (unreadable.TryGetValue(command.StreamId, out var fault) || (command.Basis is { } b && unreadable.TryGetValue(b.Id, out fault)))
            {
                pending.Fail(new InvalidOperationException($"Stream {command.StreamId}, or the one its decision rests on, cannot be read.", fault));
                continue;
            }

            // What this batch has written to a stream that another decision rests on is not committed yet.
            if (command.Basis is { } changed && left.ContainsKey(changed.Id))
            {
                again.Add(pending);
                continue;
            }

            var isLeft = left.TryGetValue(command.StreamId, out var state);
            if (!isLeft)
            {
                states.TryGet(command.StreamId, out state);
            }

            StreamState basis = default;
            if (command.Basis is { } rests)
            {
                states.TryGet(rests.Id, out basis);
            }

            Proposal proposal;
            try
            {
                proposal = command.Decide(state, basis);
            }
            catch (Exception exception)
            {
                pending.Fail(exception);
                continue;
            }

            switch (proposal)
            {
                case Proposal.Refuse refusal when pending.ReadsPrimary && !isLeft:
                    pending.Complete(new CommandOutcome.Refused(refusal.Reason, state.Version));
                    break;
                case Proposal.Refuse:
                    pending.LookAgain();
                    again.Add(pending);
                    break;
                case Proposal.Append append:
                    left[command.StreamId] = new(append.State, state.Version + append.Events.Count);
                    decided.Add(new(pending, new AppendRequest(
                        command.StreamId, command.StreamType.Name, state.Version,
                        command.Basis?.Id, command.Basis is null ? null : basis.Version, command.Metadata, command.Key, append)));
                    break;
            }
        }

        return decided;
    }

    private async Task Append(List<Decided> decided, List<PendingCommand> again, CancellationToken cancellationToken)
    {
        try
        {
            Settle(decided, await writer.Append(decided.ConvertAll(d => d.Request), cancellationToken), again);
        }
        catch (PostgresException exception) when (IsRolledBack(exception) && decided.Count > 1)
        {
            Log.BatchFailed(logger, exception, decided.Count);
            foreach (var one in decided)
            {
                await Append([one], again, cancellationToken);
            }
        }
        catch (PostgresException exception) when (IsRolledBack(exception))
        {
            states.Forget(decided[0].Request.StreamId);
            decided[0].Pending.Fail(exception);
        }
        catch (Exception exception)
        {
            Log.CommitBroke(logger, exception, decided.Count);
            await LookUp(decided, again, exception, cancellationToken);
        }
    }

    // An error rolls the statement back; FATAL and PANIC end the connection, and may come after the commit.
    private static bool IsRolledBack(PostgresException exception) => exception.InvariantSeverity == "ERROR";

    private void Settle(List<Decided> decided, AppendResult[] results, List<PendingCommand> again)
    {
        foreach (var ((pending, request), result) in decided.Zip(results))
        {
            if (result.IsAppended)
            {
                Answer(pending, request, result.Version, result.Position);
            }
            else
            {
                Retry(pending, request, again);
            }
        }
    }

    private void Answer(PendingCommand pending, AppendRequest request, long version, long position)
    {
        states.Set(request.StreamId, new(request.Proposal.State, version));
        committed.Advance(position);
        pending.Complete(new CommandOutcome.Appended(version, position, request.Proposal.State, request.Proposal.Answer));
    }

    private void Retry(PendingCommand pending, AppendRequest request, List<PendingCommand> again)
    {
        states.Forget(request.StreamId);
        pending.Lost();
        if (pending.Conflicts > options.MaxAttempts)
        {
            pending.Fail(new LedgerUnavailableException(UnavailableReason.Contention, "Other nodes kept changing what this command rests on."));
        }
        else
        {
            again.Add(pending);
        }
    }

    // The commit may or may not have happened. The ids of the events tell, once a connection can be had again.
    private async Task LookUp(List<Decided> decided, List<PendingCommand> again, Exception cause, CancellationToken cancellationToken)
    {
        Dictionary<Guid, (long Version, long Position)> found;
        try
        {
            await Reset();
            await writer.Open(cancellationToken);
            found = await writer.FindEvents(
                [.. decided.Select(d => d.Request.StreamId).Distinct()], [.. decided.Select(d => d.Request.Proposal.Events[^1].Id)], cancellationToken);
        }
        catch (Exception)
        {
            var unknown = new LedgerUnavailableException(
                UnavailableReason.OutcomeUnknown, "The connection broke during the commit, and the outcome could not be looked up.", cause);
            decided.ForEach(d => d.Pending.Fail(unknown));
            throw;
        }

        foreach (var (pending, request) in decided)
        {
            if (found.TryGetValue(request.Proposal.Events[^1].Id, out var place))
            {
                Answer(pending, request, place.Version, place.Position);
            }
            else
            {
                Retry(pending, request, again);
            }
        }
    }
}
