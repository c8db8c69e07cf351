using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Logs that a partner left: the one who joined with a version of the partnership.</summary>
internal static class PartnerLeaves
{
    private const string Example = """{"partner":0,"reason":"Budget cuts","occurredOn":"2024"}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships/{id:guid}/partners/{version:long}/left", Handle)
        .RequireRoles(Role.Leader)
        .DescribeCommand<CommandAnswer>("Log that a partner left", "Partnerships", StatusCodes.Status200OK, Example);

    public static PartnershipCommand ToCommand(long version, Request request, Given given)
    {
        var texts = new FreeTexts();
        var reason = texts.Commit(request.Reason);
        return new(texts, (partnership, _) => partnership.PartnerLeaves(version, request.Partner, reason, request.OccurredOn ?? given.Today));
    }

    private static Task<IResult> Handle(Guid id, long version, Body<Request> body, HttpContext http, PartnershipCommands commands) =>
        commands.Change(http, id, body, (request, given) => ToCommand(version, request, given));

    /// <summary>Why and when the partner left. The reason can be erased.</summary>
    internal sealed record Request : IRuled
    {
        /// <summary>Which of those who joined with that version, from 0; needed only where several did.</summary>
        public int? Partner { get; init; }

        public string? Reason { get; init; }

        /// <summary>2024, 2024-03 or 2024-03-15; today (UTC) when left out.</summary>
        public PartialDate? OccurredOn { get; init; }

        public void Validate(Errors errors, RequestRules rules)
        {
            errors.Text("/reason", Reason);
            errors.NotInFuture("/occurredOn", OccurredOn, rules);
        }
    }
}
