using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Analysis;

/// <summary>Which factors tell partnerships of one fate from those of another.</summary>
internal static class GetContrast
{
    private static readonly (string Name, Func<ContrastRow, object?> Value)[] Columns =
    [
        ("factor", row => row.Factor), ("polarity", row => row.Polarity?.ToWord()), ("topic", row => row.Topic),
        ("groupNoted", row => row.Group.Noted), ("groupOf", row => row.Group.Of),
        ("versusNoted", row => row.Versus.Noted), ("versusOf", row => row.Versus.Of),
        ("riskDifference", row => row.RiskDifference?.Value), ("riskDifferenceLow", row => row.RiskDifference?.Low), ("riskDifferenceHigh", row => row.RiskDifference?.High),
        ("oddsRatio", row => row.OddsRatio?.Value), ("oddsRatioLow", row => row.OddsRatio?.Low), ("oddsRatioHigh", row => row.OddsRatio?.High),
        ("exactOddsRatio", row => row.ExactOddsRatio?.Value), ("exactOddsRatioLow", row => row.ExactOddsRatio?.Low), ("exactOddsRatioHigh", row => row.ExactOddsRatio?.High),
        ("pValue", row => row.PValue), ("qValue", row => row.QValue), ("suppressed", row => row.Suppressed), ("reason", row => row.Reason),
    ];

    private static readonly (string Name, Func<ContrastRow, object?> Value)[] StratifiedColumns =
    [
        ("stratifiedOddsRatio", row => row.StratifiedOddsRatio?.Value),
        ("stratifiedOddsRatioLow", row => row.StratifiedOddsRatio?.Low), ("stratifiedOddsRatioHigh", row => row.StratifiedOddsRatio?.High),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/contrast", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("Which factors tell partnerships of one fate from those of another")
        .WithDescription("A purposive sample: noted, not present; associations, not causes; tests is how many factors were tested at once, which the q-values take into account.")
        .WithMetadata(new RequiredParameters("group", "versus"))
        .Produces<TestedRows<ContrastRow>>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, [AsParameters] FactorParameters factors, [AsParameters] ContrastParameters groups,
        HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules)
    {
        var (disclosure, contrast) = (rules.For(http), new Contrast(groups, asked.State));
        if ((await reader.Read(asked, factors, contrast, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        var counted = await recent.Factors(question, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var sides = contrast.Strata is null ? counted : await recent.Sides(question, counted.Position, disclosure);
        var rows = disclosure.Answer(counted, sides, await recent.Ledger(question, counted.Position, disclosure), question, contrast);
        http.CountRows(rows.Count);
        return CsvAnswer.IsAskedFor(http) ? Csv(contrast, rows) : TypedResults.Ok(TestedRows<ContrastRow>.To(question, asked, counted.Position, disclosure, rows, row => row.Suppressed));
    }

    private static CsvAnswer Csv(Contrast contrast, IEnumerable<ContrastRow> rows)
    {
        var columns = contrast.Strata is null ? Columns : [.. Columns, .. StratifiedColumns];
        return new([.. columns.Select(column => column.Name)], rows.Select(row => Array.ConvertAll(columns, column => column.Value(row))));
    }
}
