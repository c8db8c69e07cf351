using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Commands;

/// <summary>
/// Runs a command through the ledger's queue, in the order of checks that clients rely on: headers (400), then inside the
/// decision what does not exist (404), If-Match (412) and the rules (409); a key that was used before is answered first.
/// </summary>
internal sealed class CommandRunner(AppendQueue queue, People people, Standing standing)
{
    /// <summary>Decides and appends. The decision sees the stream's state and its basis, and refuses with a <see cref="Problem"/>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="canonicalBody">Its body, by which a repeated request is known.</param>
    /// <param name="target">Stream, basis and whether the stream is new.</param>
    /// <param name="decide">Decides on a stream at a version that If-Match allows.</param>
    /// <param name="answer">Makes the answer from stream, version, position and what the decision gave to remember.</param>
    /// <param name="told">Whom its events name as their informant.</param>
    public async Task<IResult> Run(
        HttpContext http, ReadOnlyMemory<byte> canonicalBody, CommandTarget target,
        Func<StreamState, StreamState, Proposal> decide, Func<RememberedAnswer, IResult> answer, ToldBy? told = null)
    {
        var errors = new Errors();
        var headers = CommandHeaders.Read(http.Request.Headers, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        if (standing.Refusal is { } reason)
        {
            return Problems.OlderThanNote.Because(reason);
        }

        var fingerprint = new RequestFingerprint(http.Request.Method, http.Request.Path.Value ?? "", canonicalBody);
        var trace = RequestTrace.From(http);
        var command = new StreamCommand
        {
            StreamType = target.Type,
            StreamId = target.Id,
            IsNewStream = target.IsNew,
            Basis = target.Basis,
            Metadata = new EventMetadata(await Actor(http), trace.CorrelationId, trace.CausationId),
            Key = headers.Key is { } key ? fingerprint.Remember(key) : null,
            Informant = told?.Informant,
            Decide = (state, basis) =>
            {
                var proposal = decide(state, basis);
                return Early(proposal) is null && headers.IfMatch is { } match && !match.Allows(state.Version)
                    ? new Proposal.Refuse(new Problem(Problems.PreconditionFailed).With("version", state.Version))
                    : proposal;
            },
        };

        return await queue.Submit(command, http.RequestAborted) switch
        {
            CommandOutcome.Appended appended => Answered(
                http, answer, new(target.Id, appended.Version, appended.Position, appended.Answer, null, null), replayed: false),
            CommandOutcome.Known known when fingerprint.Matches(known.Answer) => Answered(http, answer, known.Answer, replayed: true),
            CommandOutcome.Known => await ReusedKey(command, decide, http.RequestAborted),
            CommandOutcome.Refused refused => (Problem)refused.Reason,
            CommandOutcome.InformantKnown => await told!.LookAgain(),
            var other => throw new InvalidOperationException($"There is no answer for {other}."),
        };
    }

    // A request that is not the one remembered is first told what it names that does not exist, and only then that its key is taken.
    private async Task<IResult> ReusedKey(StreamCommand command, Func<StreamState, StreamState, Proposal> decide, CancellationToken cancellationToken)
    {
        var refused = await queue.Submit(
            command with { Key = null, Decide = (state, basis) => Early(decide(state, basis)) ?? new Proposal.Refuse(new Problem(Problems.KeyReused)) },
            cancellationToken);
        return (Problem)((CommandOutcome.Refused)refused).Reason;
    }

    /// <summary>A refusal that comes before key, If-Match and lifecycle: the request is invalid (400), or names what does not exist (404).</summary>
    private static Proposal.Refuse? Early(Proposal proposal) => proposal is Proposal.Refuse { Reason: Problem { Type.Status: 400 or 404 } } early ? early : null;

    private static IResult Answered(HttpContext http, Func<RememberedAnswer, IResult> answer, RememberedAnswer remembered, bool replayed)
    {
        http.Response.Headers.ETag = ETag.Of(remembered.Version);
        if (replayed)
        {
            http.Response.Headers["Idempotency-Replayed"] = "true";
        }

        return answer(remembered);
    }

    private ValueTask<Guid> Actor(HttpContext http)
    {
        var caller = Caller.From(http);
        return people.Actor(caller.Issuer, caller.Subject, http.RequestAborted);
    }
}

/// <summary>Which stream a command changes, and on which other its decision rests.</summary>
internal sealed record CommandTarget(StreamType Type, Guid Id, bool IsNew = false, (StreamType Type, Guid Id)? Basis = null);

/// <summary>Who told of a command's events, and how it is begun anew where the ledger came to know the informant meanwhile.</summary>
internal sealed record ToldBy(Informant Informant, Func<Task<IResult>> LookAgain);
