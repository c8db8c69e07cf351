using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain.Frameworks;

namespace PartnerLedger.Api.Frameworks;

/// <summary>Says anew what a framework takes up; what it took up before can be replayed.</summary>
internal static class ReviseFramework
{
    private const string Example = """{"name":"What our ward rounds taught","source":"experience, 2024 and 2025","factors":[{"factor":"N-TRUST","weight":2},{"factor":"N-COMM","weight":1}]}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/frameworks/{code}", Handle)
        .RequireRoles(Role.Analyst)
        .DescribeCommand<FrameworkCommands.Answer>("Revise a framework", "Frameworks", StatusCodes.Status200OK, Example);

    private static Task<IResult> Handle(string code, Body<Request> body, HttpContext http, FrameworkCommands commands)
    {
        var (request, texts) = (body.Value, new FreeTexts());
        var revised = new FrameworkRevised
        {
            Code = code,
            Name = request.Name,
            Source = request.Source,
            Factors = request.ToFactors(texts),
            Crosswalk = request.ToCrosswalk(),
        };
        return commands.Change(http, body.Canonical, code, request, texts, framework => framework.Revise(revised), created: false);
    }

    /// <summary>What the framework says from now on; all of it, not only what changes.</summary>
    internal sealed record Request : FrameworkRequest;
}
