using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Frameworks;

/// <summary>Erases what was written in the notes of some versions, and records that it was erased, by whom and on what ground; proofs stay.</summary>
internal static class EraseFrameworkTexts
{
    private const string Example = """{"versions":[1],"ground":"A note named somebody"}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/frameworks/{code}/erasures", Handle)
        .RequireRoles(Role.Operator)
        .DescribeCommand<FrameworkCommands.Answer>("Erase what was written in a framework's notes", "Frameworks", StatusCodes.Status200OK, Example);

    private static async Task<IResult> Handle(string code, Body<ErasureRequest> body, HttpContext http, FrameworkCommands commands, Erasures erasures)
    {
        var texts = new FreeTexts();
        var ground = texts.Commit(body.Value.Ground)!;
        var answer = await commands.Run(http, body.Canonical, code, texts, framework => framework.EraseTexts(code, body.Value.Versions, ground));
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
        {
            await erasures.Keep(CancellationToken.None);
        }

        return answer;
    }
}
