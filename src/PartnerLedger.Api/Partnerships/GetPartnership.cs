using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships;

/// <summary>One partnership, now or as the ledger knew it at a version or a moment; told from its own stream alone.</summary>
internal static class GetPartnership
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/partnerships/{id:guid}", Handle)
        .RequireRoles(Role.Leader, Role.Auditor)
        .WithTags("Partnerships")
        .WithSummary("One partnership, now or as it was known")
        .Produces<PartnershipView>()
        .Produces(StatusCodes.Status304NotModified);

    private static async Task<IResult> Handle(Guid id, long? version, Moment? asOf, HttpContext http, EventStore store, TimeProvider clock)
    {
        if (TimeTravel.Refuse(version, asOf, clock) is { } refusal)
        {
            return refusal;
        }

        var toPosition = asOf is { } moment ? await store.PositionAt(moment.Utc, http.RequestAborted) : long.MaxValue;
        var events = await store.ReadStream(id, http.RequestAborted, version ?? long.MaxValue, toPosition);
        if (events.Count == 0 || events[0].StreamType != PartnershipStream.Type.Name || events.Count < version)
        {
            return Problems.NotFound.Because(events.Count == 0 ? $"There is no partnership {id}, or there was none then." : $"Partnership {id} has no version {version}.");
        }

        var last = events[^1];
        if (version is null && asOf is null && ETag.IsKnown(http, last.Version))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var partnership = events.Aggregate((Partnership?)null, PartnershipStream.Fold)!;
        return TypedResults.Ok(await View(id, partnership, events, store, http.RequestAborted));
    }

    /// <summary>The partnership as it stands after some of its events, of which at least those are given.</summary>
    public static async Task<PartnershipView> View(
        Guid id, Partnership partnership, IReadOnlyList<RecordedEvent> events, EventStore store, CancellationToken cancellationToken)
    {
        var last = events[(int)partnership.Version - 1];
        return PartnershipView.Of(id, partnership, await Purpose(partnership, events, store, cancellationToken), last.Position, last.RecordedAt);
    }

    private static async Task<string?> Purpose(
        Partnership partnership, IReadOnlyList<RecordedEvent> events, EventStore store, CancellationToken cancellationToken)
    {
        if (partnership.Purpose is null || partnership.PurposeAt is not { } place)
        {
            return null;
        }

        var position = events[(int)place.Version - 1].Position;
        return (await store.ReadTexts([position], cancellationToken)).GetValueOrDefault((position, place.Member));
    }
}
