using Microsoft.AspNetCore.Http.HttpResults;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Partnerships;

/// <summary>The codes that a region may have here.</summary>
internal static class ListRegions
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/regions", Handle)
            .RequireSignIn()
            .WithTags("Partnerships")
            .WithSummary("The codes that a region may have here");

    private static Ok<Response> Handle(HttpContext http, Regions regions)
    {
        http.CountRows(regions.All.Count);
        return TypedResults.Ok(new Response(regions.All));
    }

    internal sealed record Response(IReadOnlyList<string> Items);
}
