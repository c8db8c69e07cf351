using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Audit;

/// <summary>The signed tree head (C2SP tlog-checkpoint): how long the ledger is, and the root that vouches for all of it.</summary>
internal static class GetCheckpoint
{
    public const string PlainText = "text/plain";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/checkpoint", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("The last checkpoint note, or the one at a size")
        .WithDescription("A signed note (C2SP tlog-checkpoint), at most a second behind the ledger. With minPosition it is one about that position. Keep it outside the ledger: whatever is proved later is proved against it.")
        .Produces<string>(StatusCodes.Status200OK, PlainText)
        .MayRefuse(Problems.NotFound, Problems.NotYetVisible);

    private static async Task<IResult> Handle(long? size, HttpContext http, NoteStore notes)
    {
        var origin = await notes.Origin(http.RequestAborted);
        if (await notes.Find(http, origin, size) is not { } note)
        {
            return NoteStore.NoNote(size);
        }

        // Of the last tree there may be another note, once a new key takes over.
        var isLast = size is null || size == await notes.SignedSize(origin, http.RequestAborted);
        http.Response.Headers.CacheControl = isLast ? "no-cache" : "private, max-age=31536000, immutable";
        return Results.Text(note, $"{PlainText}; charset=utf-8");
    }
}
