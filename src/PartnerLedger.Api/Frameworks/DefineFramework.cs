using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain.Frameworks;

namespace PartnerLedger.Api.Frameworks;

/// <summary>Names a set of factors, from literature or experience, by which answers of the analysis can be told.</summary>
internal static class DefineFramework
{
    private const string Example = """
        {"code":"ward-round","name":"What our ward rounds taught","source":"experience","factors":[{"factor":"N-TRUST","weight":3,"note":"Named in every second round"},{"factor":"S-TRUST"}],"crosswalk":[{"term":"Reliance","factor":"N-TRUST"},{"term":"Reliance","factor":"S-TRUST"}]}
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/frameworks", Handle)
        .RequireRoles(Role.Analyst)
        .DescribeCommand<FrameworkCommands.Answer>("Define a framework", "Frameworks", StatusCodes.Status201Created, Example);

    private static Task<IResult> Handle(Body<Request> body, HttpContext http, FrameworkCommands commands)
    {
        var (request, texts) = (body.Value, new FreeTexts());
        var defined = new FrameworkDefined
        {
            Code = request.Code,
            Name = request.Name,
            Source = request.Source,
            Factors = request.ToFactors(texts),
            Crosswalk = request.ToCrosswalk(),
        };
        return commands.Change(http, body.Canonical, request.Code, request, texts, framework => framework.Define(defined), created: true);
    }

    /// <summary>A new framework; its code is for ever.</summary>
    internal sealed record Request : FrameworkRequest
    {
        public required string Code { get; init; }

        public override void Validate(Errors errors)
        {
            errors.Code("/code", Code);
            base.Validate(errors);
        }
    }
}
