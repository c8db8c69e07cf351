using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Factors;

/// <summary>Says anew what a factor means; what it meant before can be replayed.</summary>
internal static class ReviseFactor
{
    private const string Example = """{"topic":"LANGUAGE","polarity":"negative","label":"No common working language"}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/factors/{code}", Handle)
        .RequireRoles(Role.Analyst)
        .DescribeCommand<CatalogueCommands.Answer>("Revise a factor", "Factors", StatusCodes.Status200OK, Example);

    private static Task<IResult> Handle(string code, Body<Request> body, HttpContext http, CatalogueCommands commands) =>
        commands.Change(http, body.Canonical, code, catalogue => catalogue.Revise(body.Value.ToFactor(code)), created: false);

    /// <summary>What the catalogue says of the factor from now on; all of it, not only what changes.</summary>
    internal sealed record Request : FactorRequest;
}
