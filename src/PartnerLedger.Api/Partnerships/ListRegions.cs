using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Partnerships;

/// <summary>The codes that a region may have here.</summary>
internal static class ListRegions
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/regions", (Regions regions) => TypedResults.Ok(new Response(regions.All)))
            .RequireSignIn()
            .WithTags("Partnerships")
            .WithSummary("The codes that a region may have here");

    internal sealed record Response(IReadOnlyList<string> Items);
}
