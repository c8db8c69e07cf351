using System.ComponentModel.DataAnnotations;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>That the event at a position is in the tree that a checkpoint note signs.</summary>
internal static class GetInclusionProof
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/proofs/inclusion", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("Proof that an event is in the signed ledger")
        .WithDescription("A C2SP tlog-proof: the index (the position less one), the path of hashes, and the checkpoint note at the size asked for, or the last one.")
        .WithMetadata(new RequiredParameters("position"))
        .Produces<string>(StatusCodes.Status200OK, GetCheckpoint.PlainText)
        .MayRefuse(Problems.NotFound, Problems.NotYetVisible);

    private static async Task<IResult> Handle([Range(1, long.MaxValue)] long? position, long? size, HttpContext http, NoteStore notes, TreeStore trees)
    {
        if (position is not { } place)
        {
            return Problems.Invalid("position", "Is required.");
        }

        var origin = await notes.Origin(http.RequestAborted);
        if (await notes.Find(http, origin, size) is not { } note)
        {
            return NoteStore.NoNote(size);
        }

        var signed = NoteStore.HeadOf(note).Size;
        if (place > signed)
        {
            return Problems.NotFound.Because($"The note is about the first {signed} events: position {place} is not among them.");
        }

        var path = await trees.Hashes(InclusionProof.Path(place - 1, signed), http.RequestAborted);
        return Results.Text(new TransparencyProof(place - 1, path, note).ToString(), $"{GetCheckpoint.PlainText}; charset=utf-8");
    }
}
