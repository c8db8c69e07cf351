using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Analysis;

/// <summary>In how many partnerships each factor was noted.</summary>
internal static class GetFactors
{
    private static readonly (By By, string Name, Func<FactorRow, object?> Value)[] CellColumns =
    [
        (By.Sector, "sector", row => row.Sector?.ToWord()),
        (By.Sectors, "sectors", row => row.Sectors),
        (By.Region, "region", row => row.Region),
        (By.Regions, "regions", row => row.Regions),
        (By.State, "state", row => row.State?.ToWord()),
    ];

    private static readonly (string Name, Func<FactorRow, object?> Value)[] Columns =
    [
        ("factor", row => row.Factor), ("polarity", row => row.Polarity?.ToWord()), ("topic", row => row.Topic),
        ("noted", row => row.Noted), ("of", row => row.Of), ("informants", row => row.Informants),
        ("share", row => row.Share), ("low", row => row.Low), ("high", row => row.High), ("suppressed", row => row.Suppressed),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/factors", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("In how many partnerships each factor was noted")
        .WithDescription("A purposive sample: noted, not present; associations, not causes.")
        .Produces<Response>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, [AsParameters] FactorParameters factors, [AsParameters] SplitParameters split,
        HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules)
    {
        var disclosure = rules.For(http);
        if ((await reader.Read(asked, factors, split, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        var counted = await recent.Factors(question, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var rows = disclosure.Answer(counted, await recent.Ledger(question, counted.Position, disclosure), question);
        http.CountRows(rows.Count);
        return CsvAnswer.IsAskedFor(http) ? Csv(question, rows) : TypedResults.Ok(new Response
        {
            Position = question.AsOf ?? counted.Position,
            AsOf = asked.AsOf?.Utc,
            Threshold = disclosure.Threshold,
            RegionOf = question.RegionOf,
            Rows = rows,
        });
    }

    private static CsvAnswer Csv(AnalysisQuestion question, IEnumerable<FactorRow> rows)
    {
        var columns = CellColumns.Where(column => question.By.Contains(column.By)).Select(column => (column.Name, column.Value)).Concat(Columns).ToList();
        return new([.. columns.Select(column => column.Name)], rows.Select(row => columns.ConvertAll(column => column.Value(row))));
    }

    /// <summary>Rows by the columns asked for, then by factor.</summary>
    internal sealed record Response
    {
        /// <summary>The position of the ledger that the answer tells of.</summary>
        public required long Position { get; init; }

        /// <summary>The moment that was asked for; null for the present.</summary>
        public required DateTime? AsOf { get; init; }

        /// <summary>The least number that is shown, zero aside; 1 shows all.</summary>
        public required long Threshold { get; init; }

        public required RegionOf RegionOf { get; init; }

        public required IReadOnlyList<FactorRow> Rows { get; init; }
    }
}
