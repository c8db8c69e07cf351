using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Audit;

/// <summary>Lets a new key take over the signing of checkpoint notes.</summary>
internal static partial class RotateKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/operations/audit/key-rotation", Handle)
        .RequireRoles(Role.Operator)
        .WithTags("Operations")
        .WithSummary("Let a new key sign checkpoint notes")
        .WithDescription("A note of the ledger as it then is, at most a second later, is signed by the old key and the new one, so that whoever trusts the old can take up the new; later notes by the new one alone. The old private key is gone then.")
        .Produces(StatusCodes.Status202Accepted)
        .MayRefuse(Problems.Conflict);

    private static async Task<IResult> Handle(HttpContext http, NoteStore notes, IConfiguration configuration, ILogger<NoteKeeper> logger)
    {
        var origin = await notes.Origin(http.RequestAborted);
        if (AuditFolder.Find(DataDirectory.Of(configuration), origin) is not { } folder)
        {
            return Problems.Conflict.Because("The key is not on this machine, or nothing has been signed yet.");
        }

        folder.MakeNextKey();
        Waits(logger, origin, folder.NextSigner?.Verifier.ToString());
        return TypedResults.Accepted("/api/audit/key");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The next checkpoint note of {Origin}, at most a second from now, is signed by a new key, too: {Key}")]
    private static partial void Waits(ILogger logger, string origin, string? key);
}
