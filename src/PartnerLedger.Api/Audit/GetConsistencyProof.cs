using System.ComponentModel.DataAnnotations;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>That an earlier ledger is the beginning of a later one: nothing before was changed, taken out or put in between.</summary>
internal static class GetConsistencyProof
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/proofs/consistency", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("Proof that the ledger only grew from one size to another")
        .WithDescription("The hashes of an RFC 6962 consistency proof, base64, one a line. Empty where the sizes are equal or the first is 0.")
        .WithMetadata(new RequiredParameters("from", "to"))
        .Produces<string>(StatusCodes.Status200OK, GetCheckpoint.PlainText)
        .MayRefuse(Problems.NotFound);

    private static async Task<IResult> Handle(
        [Range(0, long.MaxValue)] long? from, [Range(0, long.MaxValue)] long? to, HttpContext http, NoteStore notes, TreeStore trees)
    {
        var errors = new Errors();
        if (from is null)
        {
            errors.Add("from", "Is required.");
        }

        if (to is null)
        {
            errors.Add("to", "Is required.");
        }
        else if (from > to)
        {
            errors.Add("from", "May not be after to.");
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var origin = await notes.Origin(http.RequestAborted);
        var signed = await notes.SignedSize(origin, http.RequestAborted);
        if (to > signed)
        {
            return Problems.NotFound.Because($"The ledger is signed up to size {signed}.");
        }

        var path = await trees.Hashes(ConsistencyProof.Path(from!.Value, to!.Value), http.RequestAborted);
        return Results.Text(string.Concat(path.Select(hash => $"{hash.ToBase64()}\n")), $"{GetCheckpoint.PlainText}; charset=utf-8");
    }
}
