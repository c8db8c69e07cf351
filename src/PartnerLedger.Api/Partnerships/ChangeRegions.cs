using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Says in which regions a partnership works now.</summary>
internal static class ChangeRegions
{
    private const string Example = """{"regions":["eu-plus","africa"]}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships/{id:guid}/regions", Handle)
        .RequireRoles(Role.Leader)
        .DescribeCommand<CommandAnswer>("Change the regions of a partnership", "Partnerships", StatusCodes.Status200OK, Example);

    public static PartnershipCommand ToCommand(Request request, Given given) =>
        new(new FreeTexts(), (partnership, _) => partnership.ChangeRegions(request.Regions));

    private static Task<IResult> Handle(Guid id, Body<Request> body, HttpContext http, PartnershipCommands commands) =>
        commands.Change(http, id, body, ToCommand);

    /// <summary>The new set of regions: codes of GET /api/regions.</summary>
    internal sealed record Request : IRuled
    {
        public required IReadOnlyList<string> Regions { get; init; }

        public void Validate(Errors errors, RequestRules rules) => errors.RegionSet("/regions", Regions, rules);
    }
}
