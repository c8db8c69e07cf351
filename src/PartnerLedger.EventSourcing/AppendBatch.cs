using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>What the writer does with the commands it took: have them decided, append, answer; and find out what became of a broken commit.</summary>
internal sealed class AppendBatch(
    WriterConnection writer, RecentStates<StreamName> recent, RecentEvents events, AppendQueueOptions options, IReadOnlyList<PositionSignal> committed, ILogger logger)
{
    /// <summary>Answers every command but those it gives back, which are to be decided again before all others.</summary>
    public async Task<List<PendingCommand>> Process(List<PendingCommand> commands, CancellationToken cancellationToken)
    {
        var wanted = commands.Where(command => !command.Abandon()).ToList();
        var again = new List<PendingCommand>();
        if (wanted.Count > 0)
        {
            var decisions = await Read(wanted, cancellationToken);
            var decided = decisions.Decide(wanted, again);
            await Append(decided, again, cancellationToken);
        }

        return again;
    }

    public async Task Reset()
    {
        recent.Clear();
        events.Clear();
        await writer.Reset();
    }

    // A connection that broke while it was idle is found out here, before anything is written.
    private async Task<BatchDecisions> Read(List<PendingCommand> commands, CancellationToken cancellationToken)
    {
        var wasOpen = writer.IsOpen;
        try
        {
            return await ReadOnce();
        }
        catch (NpgsqlException) when (wasOpen && !writer.IsOpen)
        {
            await Reset();
            return await ReadOnce();
        }

        async Task<BatchDecisions> ReadOnce()
        {
            await writer.Open(cancellationToken);
            var decisions = new BatchDecisions(recent);
            await decisions.Read(commands, writer, cancellationToken);
            return decisions;
        }
    }

    private async Task Append(List<DecidedCommand> decided, List<PendingCommand> again, CancellationToken cancellationToken)
    {
        if (decided.Count == 0)
        {
            return;
        }

        var requests = decided.ConvertAll(d => d.Request);
        try
        {
            var (position, recordedAt) = await writer.Append(requests, cancellationToken);
            events.Add(position, recordedAt, requests);
            Advance(position + requests.Sum(request => request.Proposal.Events.Count));
            foreach (var (pending, request) in decided)
            {
                position += request.Proposal.Events.Count;
                Answer(pending, request, request.Version, position);
            }
        }
        catch (PostgresException exception) when (exception.IsOfTheData())
        {
            var hindering = await writer.FindHindering(requests, cancellationToken);
            if (hindering.Contains(true))
            {
                await Append(Unhindered(decided, hindering, again), again, cancellationToken);
            }
            else
            {
                await AppendSingly(decided, exception, again, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not PostgresException error || !error.IsRolledBack())
        {
            Log.CommitBroke(logger, exception, decided.Count);
            await LookUp(decided, again, exception, cancellationToken);
        }
    }

    // Who hinders is decided anew, and with them who rests on them.
    private List<DecidedCommand> Unhindered(List<DecidedCommand> decided, bool[] hindering, List<PendingCommand> again)
    {
        var unhindered = new List<DecidedCommand>();
        var lost = new HashSet<StreamName>();
        foreach (var (one, hinders) in decided.Zip(hindering))
        {
            if (hinders || lost.Contains(one.Request.Stream))
            {
                lost.Add(one.Request.Stream);
                Retry(one.Pending, again);
            }
            else
            {
                unhindered.Add(one);
            }
        }

        return unhindered;
    }

    private async Task AppendSingly(List<DecidedCommand> decided, PostgresException exception, List<PendingCommand> again, CancellationToken cancellationToken)
    {
        if (decided is [var faulty])
        {
            // Whoever had the new informant's word was erased before it could be asked who hindered.
            if (exception is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "ledger_person" })
            {
                Retry(faulty.Pending, again);
                return;
            }

            recent.Forget(faulty.Request.Stream);
            faulty.Pending.Fail(exception);
            return;
        }

        Log.BatchFailed(logger, exception, decided.Count);
        foreach (var one in decided)
        {
            await Append([one], again, cancellationToken);
        }
    }

    private void Answer(PendingCommand pending, AppendRequest request, long version, long position)
    {
        recent.Set(request.Stream, new(request.Proposal.State, version));
        pending.Complete(new CommandOutcome.Appended(version, position, request.Proposal.State, request.Proposal.Answer));
    }

    private void Advance(long position)
    {
        foreach (var signal in committed)
        {
            signal.Advance(position);
        }
    }

    private void Retry(PendingCommand pending, List<PendingCommand> again)
    {
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

    // The commit may or may not have happened. The ids of the events tell, once the old session can do no more.
    private async Task LookUp(List<DecidedCommand> decided, List<PendingCommand> again, Exception cause, CancellationToken cancellationToken)
    {
        Dictionary<Guid, (long Version, long Position)> found;
        try
        {
            var broken = writer.Session;
            await Reset();
            await writer.Open(cancellationToken);
            await writer.End(broken, cancellationToken);
            found = await writer.FindEvents(
                [.. decided.Select(d => d.Request.Stream.Id).Distinct()], [.. decided.Select(d => d.Request.Proposal.Events[^1].Id)], cancellationToken);
        }
        catch (Exception)
        {
            var unknown = new LedgerUnavailableException(
                UnavailableReason.OutcomeUnknown, "The connection broke during the commit, and the outcome could not be looked up.", cause);
            decided.ForEach(d => d.Pending.Fail(unknown));
            throw;
        }

        Advance(found.Values.Select(place => place.Position).DefaultIfEmpty().Max());
        foreach (var (pending, request) in decided)
        {
            if (found.TryGetValue(request.Proposal.Events[^1].Id, out var place))
            {
                Answer(pending, request, place.Version, place.Position);
            }
            else
            {
                Retry(pending, again);
            }
        }
    }
}
