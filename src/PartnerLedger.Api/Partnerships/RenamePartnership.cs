using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Gives a partnership another name.</summary>
internal static class RenamePartnership
{
    private const string Example = """{"name":"Care at home, north"}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships/{id:guid}/name", Handle)
        .RequireRoles(Role.Leader)
        .DescribeCommand<CommandAnswer>("Rename a partnership", "Partnerships", StatusCodes.Status200OK, Example);

    public static PartnershipCommand ToCommand(Request request, Given given) =>
        new(new FreeTexts(), (partnership, _) => partnership.Rename(request.Name));

    private static Task<IResult> Handle(Guid id, Body<Request> body, HttpContext http, PartnershipCommands commands) =>
        commands.Change(http, id, body, ToCommand);

    /// <summary>The new name; names go into the ledger for ever.</summary>
    internal sealed record Request : IValidated
    {
        public required string Name { get; init; }

        public void Validate(Errors errors) => errors.RequireName("/name", Name, RequestErrors.LongestName);
    }
}
