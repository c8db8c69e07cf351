using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Analysis;

/// <summary>How probable failure and success are by each day of a partnership's life.</summary>
internal static class GetIncidence
{
    private static readonly string[] Columns =
    [
        "noted", "partnerships", "day", "failed", "failedLow", "failedHigh", "successful", "successfulLow", "successfulHigh", "neither", "suppressed", "reason",
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/incidence", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("How probable failure and success are by each day of a partnership's life")
        .WithDescription("Days from the first proposed to the first of failed, successful and ended, which compete (Aalen–Johansen); those that still run are censored today, or at asOf. "
            + "Partnerships that never formed (unexplored, undeveloped), or were never proposed, are left out; from and to are about their first event. "
            + "A purposive sample: noted, not present; associations, not causes; tests is how many tests were made. "
            + "The log-rank test compares all the time that was watched, whatever the horizon.")
        .Produces<IncidenceAnswer>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, [AsParameters] FactorParameters factors, [AsParameters] IncidenceParameters watch,
        HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules, TimeProvider clock)
    {
        var (disclosure, ends) = (rules.For(http), new TimeToEnd(watch));
        if ((await reader.Read(asked, factors, ends, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        var lives = LifeQuestion.Of(question, asked, clock) with { Entry = watch.Entry?.Value ?? Entry.Proposed, Landmark = watch.Landmark };
        var counted = await recent.Courses(lives, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var curves = disclosure.Answer(counted, await recent.Ledger(question, counted.Position, disclosure), lives, ends);
        http.CountRows(curves.All.Curve.Count + (curves.Groups?.Sum(group => group.Curve.Count) ?? 0));
        return CsvAnswer.IsAskedFor(http) ? new CsvAnswer(Columns, Rows(curves, ends.Horizon)) : TypedResults.Ok(new IncidenceAnswer
        {
            Position = question.AsOf ?? counted.Position,
            AsOf = asked.AsOf?.Utc,
            Threshold = disclosure.Threshold,
            RegionOf = question.RegionOf,
            Horizon = ends.Horizon,
            Landmark = lives.Landmark,
            Entry = lives.Entry,
            Until = lives.Until,
            Partnerships = curves.All.Partnerships,
            Failed = curves.All.Failed,
            Successful = curves.All.Successful,
            Neither = curves.All.Neither,
            Curve = curves.All.Curve,
            Suppressed = curves.All.Suppressed,
            Reason = curves.All.Reason,
            Groups = curves.Groups,
            LogRank = curves.LogRank,
        });
    }

    // Each curve ends with the row of the horizon.
    private static IEnumerable<object?[]> Rows(IncidenceCurves curves, int horizon)
    {
        foreach (var (noted, curve) in (curves.Groups ?? []).Select(group => ((bool?)group.Noted, (IncidenceCurve)group)).Prepend((null, curves.All)))
        {
            foreach (var point in curve.Curve.Where(point => point.Day < horizon))
            {
                yield return
                [
                    noted, curve.Partnerships, point.Day, point.Failed, point.FailedLow, point.FailedHigh,
                    point.Successful, point.SuccessfulLow, point.SuccessfulHigh, point.Neither, false, null,
                ];
            }

            yield return
            [
                noted, curve.Partnerships, horizon, curve.Failed?.Value, curve.Failed?.Low, curve.Failed?.High,
                curve.Successful?.Value, curve.Successful?.Low, curve.Successful?.High, curve.Neither, curve.Suppressed, curve.Reason,
            ];
        }
    }
}
