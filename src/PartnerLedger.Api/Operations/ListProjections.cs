using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Projections;

namespace PartnerLedger.Api.Operations;

/// <summary>How far the projections have come, what waits, and what is being rebuilt.</summary>
internal static class ListProjections
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/operations/projections", Handle)
        .RequireRoles(Role.Operator)
        .WithTags("Operations")
        .WithSummary("How far the projections have come")
        .Produces<Response>();

    private static async Task<IResult> Handle(HttpContext http, ReadModels models, EventStore store, Standing standing)
    {
        var head = await store.ReadHead(http.RequestAborted);
        var items = new List<Item>();
        foreach (var daemon in models.All)
        {
            var parked = await daemon.ReadParked(http.RequestAborted);
            var position = daemon.Applied.Position;
            items.Add(new Item(
                daemon.Name, position, Math.Max(0, head - position), daemon.IsReadable,
                daemon.Rebuilding is { } rebuild ? new Progress(rebuild.Position, rebuild.Target) : null,
                [.. parked.Select(stream => new Parked(stream.StreamId, stream.Position, stream.Reason, stream.ParkedAt))]));
        }

        http.CountRows(items.Count);
        return TypedResults.Ok(new Response(head, standing.Refusal, items));
    }

    /// <summary>The ledger's last position; why nothing may be written until an operator accepts the database, null while all is well; and each projection.</summary>
    internal sealed record Response(long Position, string? RefusesWrites, IReadOnlyList<Item> Items);

    /// <summary>Lag is in events. Readable is false while the first build runs, or after a newer version of the service took over.</summary>
    internal sealed record Item(string Name, long Position, long Lag, bool Readable, Progress? Rebuilding, IReadOnlyList<Parked> Parked);

    /// <summary>How far a rebuild on this node has come.</summary>
    internal sealed record Progress(long Position, long Target);

    /// <summary>A partnership that waits for an event which could not be applied.</summary>
    internal sealed record Parked(Guid Id, long Position, string Reason, DateTime ParkedAt);
}
