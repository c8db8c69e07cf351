using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Erases what people wrote with some events, and records that it was erased, by whom and on what ground; proofs and counts stay.</summary>
internal static class EraseTexts
{
    private const int MostVersions = 500;
    private const string Example = """{"versions":[1],"ground":"The informant withdrew consent"}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships/{id:guid}/erasures", Handle)
        .RequireRoles(Role.Operator)
        .DescribeCommand<CommandAnswer>("Erase what people wrote", "Partnerships", StatusCodes.Status200OK, Example);

    private static PartnershipCommand ToCommand(Request request, Given given)
    {
        var texts = new FreeTexts();
        var ground = texts.Commit(request.Ground)!;
        return new(texts, (partnership, _) => partnership.EraseTexts(request.Versions, ground));
    }

    private static async Task<IResult> Handle(Guid id, Body<Request> body, HttpContext http, PartnershipCommands commands, Erasures erasures)
    {
        var answer = await commands.Change(http, id, body, ToCommand);
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
        {
            await erasures.Keep(CancellationToken.None);
        }

        return answer;
    }

    /// <summary>Which events' texts, those of their corrections included, and why.</summary>
    internal sealed record Request : IValidated
    {
        public required IReadOnlyList<long> Versions { get; init; }

        /// <summary>On what ground; can itself be erased.</summary>
        public required string Ground { get; init; }

        public void Validate(Errors errors)
        {
            errors.Require("/ground", Ground, RequestErrors.LongestText);
            if (Versions.Count is 0 or > MostVersions)
            {
                errors.Add("/versions", $"Has 1 to {MostVersions} versions.");
            }

            var seen = new HashSet<long>();
            for (var i = 0; i < Versions.Count; i++)
            {
                if (!seen.Add(Versions[i]))
                {
                    errors.Add($"/versions/{i}", "Stands more than once.");
                }
            }
        }
    }
}
