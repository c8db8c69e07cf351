using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Operations;

/// <summary>Makes an actor or informant nameless: events keep the random id, which then stands for nobody.</summary>
internal static class ErasePerson
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/operations/people/{id:guid}/erasure", Handle)
        .RequireRoles(Role.Operator)
        .WithTags("Operations")
        .WithSummary("Erase whom an actor's or informant's id stands for")
        .WithDescription("The id is the one that events show. Should the person come again, they get another id.")
        .Produces(StatusCodes.Status204NoContent)
        .MayRefuse(Problems.NotFound);

    private static async Task<IResult> Handle(Guid id, HttpContext http, People people, Erasures erasures)
    {
        if (!await people.Has(id, http.RequestAborted))
        {
            return Problems.NotFound.Because($"No person is known by {id}.");
        }

        // Listed first: should the service end now, the next start erases. Who asked may go away meanwhile; it is done all the same.
        await erasures.Keep(id, http.RequestAborted);
        await people.Erase(id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
