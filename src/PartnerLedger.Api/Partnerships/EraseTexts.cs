using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Erases what people wrote with some events, and records that it was erased, by whom and on what ground; proofs and counts stay.</summary>
internal static class EraseTexts
{
    private const string Example = """{"versions":[1],"ground":"The informant withdrew consent"}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships/{id:guid}/erasures", Handle)
        .RequireRoles(Role.Operator)
        .DescribeCommand<CommandAnswer>("Erase what people wrote", "Partnerships", StatusCodes.Status200OK, Example);

    private static PartnershipCommand ToCommand(ErasureRequest request, Given given)
    {
        var texts = new FreeTexts();
        var ground = texts.Commit(request.Ground)!;
        return new(texts, (partnership, _) => partnership.EraseTexts(request.Versions, ground));
    }

    private static async Task<IResult> Handle(Guid id, Body<ErasureRequest> body, HttpContext http, PartnershipCommands commands, Erasures erasures)
    {
        var answer = await commands.Change(http, id, body, ToCommand);
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
        {
            await erasures.Keep(CancellationToken.None);
        }

        return answer;
    }
}
