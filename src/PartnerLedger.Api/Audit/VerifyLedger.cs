using System.Net.ServerSentEvents;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Audit;

/// <summary>Verifies the whole ledger on the server, and tells how far it has come.</summary>
internal static class VerifyLedger
{
    private const string EventStream = "text/event-stream";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/verify", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("Verify the ledger on the server")
        .WithDescription("As text/event-stream it tells how far it has come, and last the outcome; as JSON the outcome alone. Closing the connection stops it. Who does not trust the server verifies an audit kit.")
        .Produces<Verification>(StatusCodes.Status200OK, "application/json", EventStream);

    private static async Task<IResult> Handle(HttpContext http, LedgerVerifier verifier)
    {
        var told = verifier.Verify(http.RequestAborted);
        return Negotiation.Choose(http) == EventStream
            ? TypedResults.ServerSentEvents(told.Select(step => new SseItem<Verification>(step)))
            : TypedResults.Ok(await told.LastAsync(http.RequestAborted));
    }
}
