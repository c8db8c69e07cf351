using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Audit;

/// <summary>The public key that verifies checkpoint notes.</summary>
internal static class GetKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/key", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("The public key of checkpoint notes")
        .WithDescription("First the vkey line of C2SP signed-note, then the same key in PEM, as openssl reads it; then the same of each key that signed before, the last first. Fetch it once, and keep it where this service cannot change it.")
        .Produces<string>(StatusCodes.Status200OK, GetCheckpoint.PlainText)
        .MayRefuse(Problems.NotFound);

    private static async Task<IResult> Handle(HttpContext http, NoteStore notes, IConfiguration configuration)
    {
        if (AuditFolder.Find(DataDirectory.Of(configuration), await notes.Origin(http.RequestAborted)) is not { } folder)
        {
            return Problems.NotFound.Because("The key is not on this machine, or nothing has been signed yet.");
        }

        return Results.Text(string.Concat(folder.Verifiers.Reverse().Select(key => $"{key}\n{key.Pem}")), $"{GetCheckpoint.PlainText}; charset=utf-8");
    }
}
