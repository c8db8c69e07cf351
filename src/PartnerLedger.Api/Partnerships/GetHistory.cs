using System.Text.Json.Nodes;
using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships;

/// <summary>One partnership's whole history, oldest first, with the texts that are not erased.</summary>
internal static class GetHistory
{
    private const string Lines = "application/x-ndjson";
    private const string CloudEvents = "application/cloudevents-batch+json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/partnerships/{id:guid}/history", Handle)
        .RequireRoles(Role.Leader, Role.Auditor)
        .WithTags("Partnerships")
        .WithSummary("One partnership's history, event by event")
        .WithDescription("With proofs=true the JSON answer has also checkpoint, the last checkpoint note, and each event its canonical line and its proof: the hashes of an RFC 6962 inclusion path in base64, or null where the event is later than the note.")
        .Produces<Response>(StatusCodes.Status200OK, "application/json", Lines, CloudEvents);

    private static async Task<IResult> Handle(Guid id, bool? proofs, HttpContext http, EventStore store, NoteStore notes, TreeStore trees)
    {
        var form = Negotiation.Choose(http);
        if (proofs == true && form is (Lines or CloudEvents))
        {
            return Problems.Invalid("proofs", "Are given with application/json alone.");
        }

        var events = await store.ReadStream(id, http.RequestAborted);
        if (events.Count == 0 || events[0].StreamType != PartnershipStream.Type.Name)
        {
            return Problems.NotFound.Because($"There is no partnership {id}.");
        }

        http.CountRows(events.Count);
        var texts = await store.ReadTexts([.. events.Select(e => e.Position)], http.RequestAborted);
        var erasures = Erasure.In(events);
        var told = events.Select(e => HistoryEvent.Of(e, texts, erasures));
        if (proofs == true)
        {
            return await notes.Asked(http, await notes.Origin(http.RequestAborted)) is { } note
                ? TypedResults.Ok(await ProvedHistory.Of(events, [.. told], note, trees, http.RequestAborted))
                : NoteStore.NoNote(size: null);
        }

        return form switch
        {
            Lines => Results.Text(string.Concat(told.Select(e => e.ToLine() + "\n")), Lines, System.Text.Encoding.UTF8),
            CloudEvents => Results.Text(new JsonArray([.. told.Select(e => e.ToCloudEvent(id))]).ToJsonString(Json.Options), CloudEvents),
            _ => TypedResults.Ok(new Response(id, events[^1].Version, [.. told])),
        };
    }

    internal sealed record Response(Guid Id, long Version, IReadOnlyList<HistoryEvent> Events);
}
