using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>Which factors are noted of the same partnerships.</summary>
internal static class GetCooccurrence
{
    private static readonly (string Name, Func<CooccurrenceRow, object?> Value)[] Columns =
    [
        ("first", row => row.First), ("second", row => row.Second), ("both", row => row.Both),
        ("firstNoted", row => row.FirstNoted), ("secondNoted", row => row.SecondNoted), ("of", row => row.Of),
        ("support", row => row.Support), ("jaccard", row => row.Jaccard), ("lift", row => row.Lift), ("phi", row => row.Phi),
        ("oddsRatio", row => row.OddsRatio?.Value), ("oddsRatioLow", row => row.OddsRatio?.Low), ("oddsRatioHigh", row => row.OddsRatio?.High),
        ("pValue", row => row.PValue), ("qValue", row => row.QValue), ("suppressed", row => row.Suppressed), ("reason", row => row.Reason),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/cooccurrence", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("Which factors are noted of the same partnerships")
        .WithDescription("A row for every two factors that were both noted of some partnership; factor, topic, framework and polarity choose the pairs that have such a factor. "
            + "A purposive sample: noted, not present; associations, not causes; tests is how many pairs were tested at once.")
        .Produces<TestedRows<CooccurrenceRow>>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, [AsParameters] FactorParameters factors, HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules)
    {
        var disclosure = rules.For(http);
        if ((await reader.Read(asked, factors, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        var counted = await recent.Cooccurrence(question, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var rows = disclosure.Answer(
            counted, await recent.Profiles(question, counted, disclosure), await recent.Ledger(question, counted.Position, disclosure), question);
        http.CountRows(rows.Count);
        return CsvAnswer.IsAskedFor(http)
            ? new CsvAnswer([.. Columns.Select(column => column.Name)], rows.Select(row => Array.ConvertAll(Columns, column => column.Value(row))))
            : TypedResults.Ok(TestedRows<CooccurrenceRow>.To(question, asked, counted.Position, disclosure, rows, row => row.Suppressed));
    }
}

/// <summary>How two factors go together; null is what cannot be estimated, or would give small counts away.</summary>
internal sealed record CooccurrenceRow
{
    public required string First { get; init; }

    public required string Second { get; init; }

    /// <summary>Partnerships that have both noted.</summary>
    public long? Both { get; init; }

    public long? FirstNoted { get; init; }

    public long? SecondNoted { get; init; }

    public required long? Of { get; init; }

    /// <summary>Both as a part (0–1) of all.</summary>
    public double? Support { get; init; }

    /// <summary>Both as a part (0–1) of those with either.</summary>
    public double? Jaccard { get; init; }

    /// <summary>How many times more often than if they had nothing to do with each other.</summary>
    public double? Lift { get; init; }

    /// <summary>Their correlation, −1 to 1.</summary>
    public double? Phi { get; init; }

    /// <summary>Odds of the second with the first noted, by its odds without, with Woolf's limits.</summary>
    public Estimate? OddsRatio { get; init; }

    /// <summary>Fisher's exact test, two-sided.</summary>
    public double? PValue { get; init; }

    /// <summary>The p-value among all tests of this answer, by Benjamini and Hochberg.</summary>
    public double? QValue { get; init; }

    /// <summary>Whether the row's numbers are too small to be shown.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>Why something is null.</summary>
    public string? Reason { get; init; }
}
