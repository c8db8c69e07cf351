using System.Text.Json.Nodes;
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
        .Produces<Response>(StatusCodes.Status200OK, "application/json", Lines, CloudEvents);

    private static async Task<IResult> Handle(Guid id, HttpContext http, EventStore store)
    {
        var events = await store.ReadStream(id, http.RequestAborted);
        if (events.Count == 0 || events[0].StreamType != PartnershipStream.Type.Name)
        {
            return Problems.NotFound.Because($"There is no partnership {id}.");
        }

        var texts = await store.ReadTexts([.. events.Select(e => e.Position)], http.RequestAborted);
        var erasures = Erasure.In(events);
        var told = events.Select(e => HistoryEvent.Of(e, texts, erasures));
        return Negotiation.Choose(http) switch
        {
            Lines => Results.Text(string.Concat(told.Select(e => e.ToLine() + "\n")), Lines, System.Text.Encoding.UTF8),
            CloudEvents => Results.Text(new JsonArray([.. told.Select(e => e.ToCloudEvent(id))]).ToJsonString(Json.Options), CloudEvents),
            _ => TypedResults.Ok(new Response(id, events[^1].Version, [.. told])),
        };
    }

    internal sealed record Response(Guid Id, long Version, IReadOnlyList<HistoryEvent> Events);
}
