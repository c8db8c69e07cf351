using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Frameworks;

/// <summary>One framework, now or as it was at a version or a moment; told from its own stream alone.</summary>
internal static class GetFramework
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/frameworks/{code}", Handle)
        .RequireRoles(Role.Leader, Role.Analyst, Role.Auditor)
        .WithTags("Frameworks")
        .WithSummary("One framework, now or as it was")
        .Produces<FrameworkView>()
        .Produces(StatusCodes.Status304NotModified);

    private static async Task<IResult> Handle(string code, long? version, Moment? asOf, HttpContext http, EventStore store, TimeProvider clock)
    {
        if (TimeTravel.Refuse(version, asOf, clock) is { } refusal)
        {
            return refusal;
        }

        var toPosition = asOf is { } moment ? await store.PositionAt(moment.Utc, http.RequestAborted) : long.MaxValue;
        var events = await store.ReadFramework(code, http.RequestAborted, version ?? long.MaxValue, toPosition);
        if (events.Count == 0 || events.Count < version)
        {
            return Problems.NotFound.Because(events.Count == 0 ? $"There is no framework {code}, or there was none then." : $"Framework {code} has no version {version}.");
        }

        var last = events[^1];
        if (version is null && asOf is null && ETag.IsKnown(http, last.Version))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var framework = events.Aggregate((Framework?)null, FrameworkStream.Fold)!;
        var said = events[(int)framework.SaidWith - 1].Position;
        var texts = await store.ReadTexts([said], http.RequestAborted);
        return TypedResults.Ok(FrameworkView.Of(framework, last, i => texts.GetValueOrDefault((said, $"/factors/{i}/note"))));
    }
}
