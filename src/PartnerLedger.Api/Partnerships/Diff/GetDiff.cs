using System.Text.Json;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships.Diff;

/// <summary>What changed between a partnership as it was known at one version and at a later one, in words and as a JSON Patch.</summary>
internal static class GetDiff
{
    private const string Patch = "application/json-patch+json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/partnerships/{id:guid}/diff", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Partnerships")
        .WithSummary("What changed between two versions")
        .WithDescription("In plain sentences, and as a JSON Patch (RFC 6902) that makes of GET ?version=from what GET ?version=to answers. The sentences also say what corrections, withdrawals and erasures did to earlier events, and why. As application/json-patch+json the patch alone.")
        .WithMetadata(new RequiredParameters("from", "to"))
        .Produces<Response>(StatusCodes.Status200OK, "application/json", Patch);

    private static async Task<IResult> Handle(Guid id, long? from, long? to, HttpContext http, EventStore store)
    {
        if (Refuse(from, to) is { } refusal)
        {
            return refusal;
        }

        var events = await store.ReadStream(id, http.RequestAborted, to!.Value);
        if (events.Count == 0 || events[0].StreamType != PartnershipStream.Type.Name || events.Count < to)
        {
            return Problems.NotFound.Because(
                events.Count == 0 || events[0].StreamType != PartnershipStream.Type.Name ? $"There is no partnership {id}." : $"Partnership {id} has no version {to}.");
        }

        RecordedEvent[] earlier = [.. events.Take((int)from!.Value)];
        RecordedEvent[] later = [.. events.Skip(earlier.Length)];
        var before = earlier.Aggregate((Partnership?)null, PartnershipStream.Fold)!;
        var after = later.Aggregate(before, (state, recorded) => PartnershipStream.Fold(state, recorded));
        var (then, now) = (await GetPartnership.View(id, before, events, store, http.RequestAborted), await GetPartnership.View(id, after, events, store, http.RequestAborted));
        var patch = JsonPatch.Between(JsonSerializer.SerializeToElement(then, Json.Options), JsonSerializer.SerializeToElement(now, Json.Options));
        return Negotiation.Choose(http) == Patch
            ? TypedResults.Json(patch, Json.Options, Patch)
            : TypedResults.Ok(new Response(
                id, from.Value, to.Value, [.. DiffSentences.Of((before, then.Purpose), (after, now.Purpose)), .. await Corrections(events, from.Value, store, http.RequestAborted)], patch));
    }

    // What a correction changed is told from the event as it stood, which may be any earlier one.
    private static async Task<IEnumerable<string>> Corrections(IReadOnlyList<RecordedEvent> events, long after, EventStore store, CancellationToken cancellationToken)
    {
        if (!events.Skip((int)after).Any(CorrectionSentences.TellOf))
        {
            return [];
        }

        var texts = await store.ReadTexts([.. events.Select(recorded => recorded.Position)], cancellationToken);
        var erasures = Erasure.In(events);
        return CorrectionSentences.Of([.. events.Select(recorded => HistoryEvent.Of(recorded, texts, erasures))], after);
    }

    private static Problem? Refuse(long? from, long? to)
    {
        var errors = new Errors();
        foreach (var (name, version) in new[] { ("from", from), ("to", to) })
        {
            if (version is null or < 1)
            {
                errors.Add(name, version is null ? "Is required." : "Must be 1 or more.");
            }
        }

        if (!errors.Any && from > to)
        {
            errors.Add("from", "May not be after to.");
        }

        return errors.Any ? Problems.Invalid(errors) : null;
    }

    /// <summary>The changes in words; those that only count on (version, position, lastRecordedAt) are in the patch alone.</summary>
    internal sealed record Response(Guid Id, long From, long To, IReadOnlyList<string> Changes, IReadOnlyList<PatchOperation> Patch);
}
