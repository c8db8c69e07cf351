using Microsoft.AspNetCore.Mvc;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain.Factors;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Factors;

/// <summary>The catalogue of factors, by topic and polarity.</summary>
internal static class ListFactors
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/factors", Handle)
        .RequireRoles(Role.Leader, Role.Analyst, Role.Auditor)
        .WithTags("Factors")
        .WithSummary("The catalogue of factors")
        .Produces<Response>();

    private static async Task<IResult> Handle([FromQuery] string[]? topic, [FromQuery] Word<Polarity>[]? polarity, HttpContext http, EventStore store)
    {
        var catalogue = await store.ReadCatalogue(http.RequestAborted);
        var factors = catalogue.Factors.Values
            .Where(factor => topic is not { Length: > 0 } || topic.Contains(factor.Topic, StringComparer.Ordinal))
            .Where(factor => polarity is not { Length: > 0 } || polarity.Contains(new Word<Polarity>(factor.Polarity)))
            .Select(FactorView.Of)
            .ToList();
        http.CountRows(factors.Count);
        return TypedResults.Ok(new Response(catalogue.Version, factors));
    }

    /// <summary>The catalogue's version, and its factors by code.</summary>
    internal sealed record Response(long Version, IReadOnlyList<FactorView> Items);
}
