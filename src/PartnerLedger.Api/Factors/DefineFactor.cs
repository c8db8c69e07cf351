using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Factors;

/// <summary>Adds a factor to the catalogue.</summary>
internal static class DefineFactor
{
    private const string Example = """{"code":"N-LANGUAGE","topic":"LANGUAGE","polarity":"negative","label":"No common language","source":"interviews 2024","mitigations":["Interpreters at meetings"]}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/factors", Handle)
        .RequireRoles(Role.Analyst)
        .DescribeCommand<CatalogueCommands.Answer>("Define a factor", "Factors", StatusCodes.Status201Created, Example);

    private static Task<IResult> Handle(Body<Request> body, HttpContext http, CatalogueCommands commands) =>
        commands.Change(http, body.Canonical, body.Value.Code, catalogue => catalogue.Define(body.Value.ToFactor(body.Value.Code)), created: true);

    /// <summary>A new factor; its code is for ever.</summary>
    internal sealed record Request : FactorRequest
    {
        public required string Code { get; init; }

        public override void Validate(Errors errors)
        {
            errors.Code("/code", Code);
            base.Validate(errors);
        }
    }
}
