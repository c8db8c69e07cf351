using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Analysis;

/// <summary>Which factors are noted of ever more, or ever fewer, partnerships.</summary>
internal static class GetTrend
{
    private static readonly (string Name, Func<TrendRow, YearShare, object?> Value)[] Columns =
    [
        ("factor", (row, _) => row.Factor), ("polarity", (row, _) => row.Polarity?.ToWord()), ("topic", (row, _) => row.Topic), ("year", (_, year) => year.Year),
        ("noted", (_, year) => year.Noted), ("of", (_, year) => year.Of), ("share", (_, year) => year.Share), ("low", (_, year) => year.Low), ("high", (_, year) => year.High),
        ("slope", (row, _) => row.Slope), ("chiSquare", (row, _) => row.ChiSquare), ("pValue", (row, _) => row.PValue), ("qValue", (row, _) => row.QValue),
        ("suppressed", (row, _) => row.Suppressed), ("reason", (row, _) => row.Reason),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/trend", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("Which factors are noted of ever more, or ever fewer, partnerships")
        .WithDescription("By the year of each partnership's first event; the Cochran–Armitage test for trend. Partnerships that began lately had less time to be told of. "
            + "A purposive sample: noted, not present; associations, not causes; tests is how many factors were tested at once.")
        .Produces<TestedRows<TrendRow>>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, [AsParameters] FactorParameters factors, HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules)
    {
        var disclosure = rules.For(http);
        if ((await reader.Read(asked, factors, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        question = question with { CountsInformants = disclosure.HidesSmallCounts };
        var counted = await recent.Trend(question, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var rows = disclosure.Answer(counted, await recent.Ledger(question, counted.Position, disclosure), question);
        http.CountRows(rows.Count);
        return CsvAnswer.IsAskedFor(http)
            ? new CsvAnswer(
                [.. Columns.Select(column => column.Name)],
                rows.SelectMany(row => row.Years.Select(year => Array.ConvertAll(Columns, column => column.Value(row, year)))))
            : TypedResults.Ok(TestedRows<TrendRow>.To(question, asked, counted.Position, disclosure, rows, row => row.Suppressed));
    }
}
