using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Analysis;

/// <summary>What a planned partnership should watch for and build on.</summary>
internal static class GetBrief
{
    private static readonly (string Name, Func<BriefRow, object?> Value)[] Columns =
    [
        ("factor", row => row.Factor), ("label", row => row.Label), ("topic", row => row.Topic),
        .. Shares("troubled", row => row.Troubled), .. Shares("potential", row => row.Potential),
        .. Shares("successful", row => row.Successful), .. Shares("recovered", row => row.Recovered),
        ("riskDifference", row => row.RiskDifference?.Value), ("riskDifferenceLow", row => row.RiskDifference?.Low), ("riskDifferenceHigh", row => row.RiskDifference?.High),
        ("pValue", row => row.PValue), ("qValue", row => row.QValue), ("mitigations", row => string.Join(' ', row.Mitigations)),
        ("buildOn", row => string.Join(' ', row.BuildOn.Select(other => other.Factor))), ("suppressed", row => row.Suppressed), ("reason", row => row.Reason),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/brief", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("What a planned partnership should watch for and build on")
        .WithDescription("sector names all sectors of the planned partnership: those whose known sectors are exactly these are like it, of any of the regions. "
            + "A purposive sample: noted, not present; associations, not causes; tests is how many factors were tested at once.")
        .Produces<Response>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .WithMetadata(new RefusedParameters("state", "polarity"))
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, [AsParameters] FactorParameters factors, HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules)
    {
        var disclosure = rules.For(http);
        if ((await reader.ReadBrief(asked, factors, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        var counted = await recent.Brief(question, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var brief = disclosure.Answer(counted, await recent.Ledger(question, counted.Position, disclosure), question);
        http.CountRows(brief.Rows.Count);
        return CsvAnswer.IsAskedFor(http)
            ? new CsvAnswer([.. Columns.Select(column => column.Name)], brief.Rows.Select(row => Array.ConvertAll(Columns, column => column.Value(row))))
            : TypedResults.Ok(new Response
            {
                Position = question.AsOf ?? counted.Position,
                AsOf = asked.AsOf?.Utc,
                Threshold = disclosure.Threshold,
                RegionOf = question.RegionOf,
                Sectors = question.Combination is { } sectors ? SectorBits.ToWords(sectors) : null,
                Regions = question.Regions,
                Partnerships = brief.Partnerships,
                Troubled = brief.Troubled,
                Potential = brief.Potential,
                Successful = brief.Successful,
                Tests = brief.Tests,
                Sentences = brief.Sentences,
                Caveats = brief.Caveats,
                Rows = brief.Rows,
            });
    }

    private static (string, Func<BriefRow, object?>)[] Shares(string name, Func<BriefRow, NotedShare> share) =>
    [
        ($"{name}Noted", row => share(row).Noted), ($"{name}Of", row => share(row).Of), ($"{name}Share", row => share(row).Share),
        ($"{name}Low", row => share(row).Low), ($"{name}High", row => share(row).High),
    ];

    /// <summary>The brief, and what it is about.</summary>
    internal sealed record Response : Briefing
    {
        /// <summary>The position of the ledger that the answer tells of.</summary>
        public required long Position { get; init; }

        /// <summary>The moment that was asked for; null for the present.</summary>
        public required DateTime? AsOf { get; init; }

        /// <summary>The least number that is shown, zero aside; 1 shows all.</summary>
        public required long Threshold { get; init; }

        public required RegionOf RegionOf { get; init; }

        /// <summary>The sectors of the planned partnership, joined by +; null where any are meant.</summary>
        public required string? Sectors { get; init; }

        /// <summary>Any of these; all where there is none.</summary>
        public required IReadOnlyList<string> Regions { get; init; }
    }
}
