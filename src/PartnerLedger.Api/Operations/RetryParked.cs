using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Operations;

/// <summary>Applies what a parked partnership missed, in order.</summary>
internal static class RetryParked
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/operations/projections/{name}/parked/{id:guid}/retry", Handle)
        .RequireRoles(Role.Operator)
        .WithTags("Operations")
        .WithSummary("Retry a parked partnership")
        .Produces<Response>();

    private static async Task<IResult> Handle(string name, Guid id, HttpContext http, ReadModels models)
    {
        if (models.Find(name) is not { } daemon)
        {
            return Problems.NotFound.Because($"There is no projection {name}.");
        }

        try
        {
            var still = await daemon.RetryParked(id, http.RequestAborted);
            return TypedResults.Ok(new Response(still is not null, still?.Position, still?.Reason));
        }
        catch (KeyNotFoundException)
        {
            return Problems.NotFound.Because($"No partnership {id} is parked in {name}.");
        }
    }

    /// <summary>Whether it is parked still, at which event, and why.</summary>
    internal sealed record Response(bool Parked, long? Position, string? Reason);
}
