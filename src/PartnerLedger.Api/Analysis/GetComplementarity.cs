using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Analysis;

/// <summary>How negative and success factors complement each other by topic.</summary>
internal static class GetComplementarity
{
    private static readonly (string Name, Func<ComplementarityRow, object?> Value)[] Columns =
    [
        ("topic", row => row.Topic),
        ("negativeNoted", row => row.Negative.Noted), ("negativeOf", row => row.Negative.Of), ("negativeShare", row => row.Negative.Share),
        ("negativeLow", row => row.Negative.Low), ("negativeHigh", row => row.Negative.High),
        ("successNoted", row => row.Success.Noted), ("successOf", row => row.Success.Of), ("successShare", row => row.Success.Share),
        ("successLow", row => row.Success.Low), ("successHigh", row => row.Success.High),
        ("difference", row => row.Difference?.Value), ("differenceLow", row => row.Difference?.Low), ("differenceHigh", row => row.Difference?.High),
        ("suppressed", row => row.Suppressed), ("reason", row => row.Reason),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/complementarity", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("How negative and success factors complement each other by topic")
        .WithDescription("A row speaks of all factors of its topic; factor, topic and framework choose the topics that have such a factor. "
            + "A purposive sample: noted, not present; associations, not causes.")
        .Produces<Response>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .WithMetadata(new RefusedParameters("state", "polarity"))
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, [AsParameters] FactorParameters factors, [AsParameters] ComplementarityParameters groups,
        HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules)
    {
        var (disclosure, complementarity) = (rules.For(http), new Complementarity(groups));
        if ((await reader.Read(asked, factors, complementarity, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        var counted = await recent.Factors(question, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var topics = disclosure.Answer(counted, await recent.Ledger(question, counted.Position, disclosure), question, complementarity);
        http.CountRows(topics.Rows.Count);
        return CsvAnswer.IsAskedFor(http)
            ? new CsvAnswer([.. Columns.Select(column => column.Name)], topics.Rows.Select(row => Array.ConvertAll(Columns, column => column.Value(row))))
            : TypedResults.Ok(new Response
            {
                Position = question.AsOf ?? counted.Position,
                AsOf = asked.AsOf?.Utc,
                Threshold = disclosure.Threshold,
                RegionOf = question.RegionOf,
                Overlap = topics.Overlap,
                RankCorrelation = topics.RankCorrelation,
                Reason = topics.Reason,
                Rows = topics.Rows,
            });
    }

    /// <summary>A row a topic, by name.</summary>
    internal sealed record Response
    {
        /// <summary>The position of the ledger that the answer tells of.</summary>
        public required long Position { get; init; }

        /// <summary>The moment that was asked for; null for the present.</summary>
        public required DateTime? AsOf { get; init; }

        /// <summary>The least number that is shown, zero aside; 1 shows all.</summary>
        public required long Threshold { get; init; }

        public required RegionOf RegionOf { get; init; }

        /// <summary>Topics noted on both sides, as a part (0–1) of those noted on either, of the topics whose counts are shown; null where there are none.</summary>
        public required double? Overlap { get; init; }

        /// <summary>Spearman's rank correlation (−1 to 1) of both shares over the topics whose counts are shown; null where it cannot be estimated.</summary>
        public required double? RankCorrelation { get; init; }

        /// <summary>Why one of these is null, or speaks of some topics only.</summary>
        public required string? Reason { get; init; }

        public required IReadOnlyList<ComplementarityRow> Rows { get; init; }
    }
}
