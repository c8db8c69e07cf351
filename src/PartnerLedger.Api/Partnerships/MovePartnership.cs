using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

using Step = Func<Partnership, FreeText?, Guid?, string?, PartialDate, Decision<IPartnershipEvent>>;

/// <summary>Logs what becomes of a partnership: a command for each state it may come into.</summary>
internal static class MovePartnership
{
    private const string Example = """{"reason":"The grant came through","informant":"interview-12","occurredOn":"2024-03-15"}""";

    private static readonly (PartnershipState State, string Summary, Step Step)[] Steps =
    [
        (PartnershipState.Proposed, "Log that it was proposed", (p, reason, informant, region, on) => p.Propose(reason, informant, region, on)),
        (PartnershipState.Undeveloped, "Log that it was begun but did not become a partnership", (p, reason, informant, region, on) => p.Undevelop(reason, informant, region, on)),
        (PartnershipState.Active, "Log that the partners work together", (p, reason, informant, region, on) => p.Activate(reason, informant, region, on)),
        (PartnershipState.Struggling, "Log that it struggles", (p, reason, informant, region, on) => p.Struggle(reason, informant, region, on)),
        (PartnershipState.Failed, "Log that it failed", (p, reason, informant, region, on) => p.Fail(reason, informant, region, on)),
        (PartnershipState.Successful, "Log that it is judged a success", (p, reason, informant, region, on) => p.Succeed(reason, informant, region, on)),
        (PartnershipState.Ended, "Log that it ended without having failed", (p, reason, informant, region, on) => p.End(reason, informant, region, on)),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (state, summary, step) in Steps)
        {
            routes.MapPost($"/api/partnerships/{{id:guid}}/{state.ToWord()}", Handle)
                .RequireRoles(Role.Leader)
                .DescribeCommand<CommandAnswer>(summary, "Partnerships", StatusCodes.Status200OK, Example);

            Task<IResult> Handle(Guid id, Body<Request> body, HttpContext http, PartnershipCommands commands) =>
                commands.Change(http, id, body, (request, given) => ToCommand(step, request, given));
        }
    }

    /// <summary>The commands by the word of the state that each brings about.</summary>
    public static IEnumerable<(string Word, Func<Request, Given, PartnershipCommand> ToCommand)> Commands() =>
        Steps.Select(each => (each.State.ToWord(), (Func<Request, Given, PartnershipCommand>)((request, given) => ToCommand(each.Step, request, given))));

    private static PartnershipCommand ToCommand(Step step, Request request, Given given)
    {
        var texts = new FreeTexts();
        var reason = texts.Commit(request.Reason);
        return new(texts, (partnership, _) => step(partnership, reason, given.Informant, request.InformantRegion, request.OccurredOn ?? given.Today));
    }

    /// <summary>Why and when it came into the state, and who told. The reason can be erased.</summary>
    internal sealed record Request : IRuled, IInformedRequest
    {
        public string? Reason { get; init; }

        /// <summary>An opaque word for who told.</summary>
        public string? Informant { get; init; }

        public string? InformantRegion { get; init; }

        /// <summary>2024, 2024-03 or 2024-03-15; today (UTC) when left out.</summary>
        public PartialDate? OccurredOn { get; init; }

        public void Validate(Errors errors, RequestRules rules)
        {
            errors.Text("/reason", Reason);
            errors.Informed("", Informant, InformantRegion, rules);
            errors.NotInFuture("/occurredOn", OccurredOn, rules);
        }
    }
}
