using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Analysis;

/// <summary>How many partnerships there are, and of which kinds.</summary>
internal static class GetSummary
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/summary", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("How many partnerships there are, and of which kinds")
        .Produces<SummaryAnswer>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules, Regions regions)
    {
        var disclosure = rules.For(http);
        if ((await reader.Read(asked, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        var counted = await recent.Summary(question, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var answer = disclosure.Answer(counted, await recent.Ledger(question, counted.Position, disclosure), question, regions.All);
        return CsvAnswer.IsAskedFor(http) ? new CsvAnswer(["measure", "of", "count", "suppressed"], Rows(answer)) : TypedResults.Ok(answer);
    }

    private static IEnumerable<object?[]> Rows(SummaryAnswer answer)
    {
        yield return Row("partnerships", null, answer.Partnerships);
        yield return Row("informants", null, answer.Informants);
        foreach (var (measure, counts) in new[]
        {
            (SummaryMargin.BySector, answer.BySector), (SummaryMargin.BySpan, answer.BySpan),
            (SummaryMargin.ByRegion, answer.ByRegion), (SummaryMargin.ByState, answer.ByState),
        })
        {
            foreach (var (word, count) in counts)
            {
                yield return Row(measure, word, count);
            }
        }

        static object?[] Row(string measure, string? of, long? count) => [measure, of, count, count is null];
    }
}
