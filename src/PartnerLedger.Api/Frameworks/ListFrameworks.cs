using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Frameworks;

/// <summary>The frameworks there are.</summary>
internal static class ListFrameworks
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/frameworks", Handle)
        .RequireRoles(Role.Leader, Role.Analyst, Role.Auditor)
        .WithTags("Frameworks")
        .WithSummary("The frameworks")
        .Produces<Response>();

    private static async Task<IResult> Handle(HttpContext http, EventStore store)
    {
        var items = (await store.ReadFrameworks(http.RequestAborted)).Select(Item.Of).ToList();
        http.CountRows(items.Count);
        return TypedResults.Ok(new Response(items));
    }

    /// <summary>The frameworks by code.</summary>
    internal sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>A framework as it stands, with the codes of its factors.</summary>
    internal sealed record Item(string Code, string Name, string Source, IReadOnlyList<string> Factors, long Version)
    {
        public static Item Of(Framework framework) => new(
            framework.Code, framework.Name, framework.Source, [.. framework.Factors.Select(factor => factor.Factor)], framework.Version);
    }
}
