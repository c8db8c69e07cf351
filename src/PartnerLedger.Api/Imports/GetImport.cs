using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Imports;

/// <summary>How far an import has come: once, or as a stream of events until it is over.</summary>
internal static class GetImport
{
    private const string EventStream = "text/event-stream";
    private const string Progress = "progress";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/imports/{id:guid}", Handle)
        .RequireRoles(Role.Leader, Role.Auditor)
        .WithTags("Imports")
        .WithSummary("How far an import has come")
        .WithDescription("As text/event-stream it tells whenever the import has come further, and ends with it.")
        .Produces<ImportView>(StatusCodes.Status200OK, "application/json", EventStream);

    private static async Task<IResult> Handle(Guid id, HttpContext http, ImportRuns runs, TimeProvider clock)
    {
        if (await runs.Find(id, http.RequestAborted) is not { } run)
        {
            return Problems.NotFound.Because($"There is no import {id}.");
        }

        return Negotiation.Choose(http) == EventStream
            ? TypedResults.ServerSentEvents(Follow(run, runs, clock, http.RequestAborted))
            : TypedResults.Ok(ImportView.Of(run));
    }

    // Any node may be at it, so the row is asked.
    private static async IAsyncEnumerable<SseItem<ImportView>> Follow(
        ImportRun run, ImportRuns runs, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Item(run);
        while (run.State == ImportState.Running)
        {
            await Task.Delay(Pace, clock, cancellationToken);
            var now = (await runs.Find(run.Id, cancellationToken))!;
            if ((now.State, now.Moved) != (run.State, run.Moved))
            {
                run = now;
                yield return Item(run);
            }
        }
    }

    private static SseItem<ImportView> Item(ImportRun run) => new(ImportView.Of(run), Progress) { EventId = run.Moved.ToString() };
}
