using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Feed;

/// <summary>The whole ledger, event by event in its own order: in pages, or live.</summary>
internal static class GetEvents
{
    public const string EventStream = "text/event-stream";

    private const string LastEventId = "Last-Event-ID";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/events", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Feed")
        .WithSummary("Every event, in the order of the ledger")
        .WithDescription("Positions have no gaps, so a reader who has one position knows what to ask for next. As text/event-stream it goes on live: the id is the position, the data the event; with Last-Event-ID it goes on after that position. In data are commitments to texts, never texts.")
        .Produces<Response>(StatusCodes.Status200OK, "application/json", EventStream);

    private static async Task<IResult> Handle(
        [Range(1, long.MaxValue)] long? from,
        [AsParameters] Paging paging,
        [FromHeader(Name = LastEventId)] string? lastEventId,
        HttpContext http,
        EventStore store,
        EventFeed feed,
        TimeProvider clock,
        IHostApplicationLifetime lifetime)
    {
        var after = (from ?? 1) - 1;
        if (Negotiation.Choose(http) == EventStream)
        {
            return await Resume() is { } refusal ? refusal : new FeedResult(feed, after, clock, lifetime.ApplicationStopping);
        }

        if (!paging.TryResume(out var cursor) || (cursor is not null && !TryParse(cursor, out after)))
        {
            return Paging.BadCursor();
        }

        var page = await store.ReadAll(after, paging.Count + 1, http.RequestAborted);
        if (page.Count > paging.Count)
        {
            Paging.Next(http, page[paging.Count - 1].Position.ToString());
        }

        http.CountRows(Math.Min(page.Count, paging.Count));
        return TypedResults.Ok(new Response([.. page.Take(paging.Count).Select(FeedEvent.Of)]));

        // A client that comes back sends the same address again, and where it stopped: that is the later word.
        async Task<Problem?> Resume()
        {
            if (paging.Limit is not null || paging.Cursor is not null)
            {
                return Problems.Invalid(paging.Limit is not null ? "limit" : "cursor", "A stream has no pages: say from alone.");
            }

            if (lastEventId is null)
            {
                return null;
            }

            if (!TryParse(lastEventId, out after))
            {
                return Problems.Invalid(LastEventId, "Must be the id of an event of this stream: its position.");
            }

            return after > await store.ReadHead(http.RequestAborted)
                ? Problems.Invalid(LastEventId, "The ledger does not reach that far: the events told before are not this ledger's.")
                : null;
        }
    }

    private static bool TryParse(string text, out long position) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out position);

    internal sealed record Response(IReadOnlyList<FeedEvent> Items);
}
