using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Factors;

/// <summary>One factor of the catalogue. Its ETag is the catalogue's version.</summary>
internal static class GetFactor
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/factors/{code}", Handle)
        .RequireRoles(Role.Leader, Role.Analyst, Role.Auditor)
        .WithTags("Factors")
        .WithSummary("One factor")
        .Produces<FactorView>()
        .Produces(StatusCodes.Status304NotModified);

    private static async Task<IResult> Handle(string code, HttpContext http, EventStore store)
    {
        var catalogue = await store.ReadCatalogue(http.RequestAborted);
        if (!catalogue.Factors.TryGetValue(code, out var factor))
        {
            return Problems.NotFound.Because($"There is no factor {code} in the catalogue.");
        }

        return ETag.IsKnown(http, catalogue.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(FactorView.Of(factor));
    }
}
