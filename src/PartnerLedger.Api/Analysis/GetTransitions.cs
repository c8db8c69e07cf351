using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Analysis;

/// <summary>How often partnerships go from one state to another in a year.</summary>
internal static class GetTransitions
{
    private static readonly (string Name, Func<TransitionRow, object?> Value)[] Columns =
    [
        ("from", row => row.From.ToWord()), ("to", row => row.To.ToWord()), ("moves", row => row.Moves), ("years", row => row.Years),
        ("rate", row => row.Rate?.Value), ("rateLow", row => row.Rate?.Low), ("rateHigh", row => row.Rate?.High),
        ("suppressed", row => row.Suppressed), ("reason", row => row.Reason),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/analysis/transitions", Handle)
        .RequireRoles(Role.Analyst, Role.Leader, Role.Auditor)
        .WithTags("Analysis")
        .WithMetadata(new ReadModelMetadata())
        .WithSummary("How often partnerships go from one state to another in a year")
        .WithDescription("Moves by partnership-years in the state that is left, from the day it was come into to the day it was left, or to today or asOf; with exact Poisson limits. "
            + "A state that was left before it was come into took no time; from and to are about each partnership's first event. A purposive sample; rates, not causes.")
        .Produces<Response>(StatusCodes.Status200OK, "application/json", CsvAnswer.MediaType, CsvAnswer.Lines)
        .MayRefuse(Problems.NotYetVisible);

    private static async Task<IResult> Handle(
        [AsParameters] PartnershipParameters asked, HttpContext http, QuestionReader reader, RecentAnswers recent, DisclosureRules rules, TimeProvider clock)
    {
        var disclosure = rules.For(http);
        if ((await reader.Read(asked, disclosure, http.RequestAborted)).IsRefused(out var refusal, out var question))
        {
            return refusal;
        }

        var lives = LifeQuestion.Of(question, asked, clock);
        var counted = await recent.Moves(lives, http.RequestAborted);
        http.AnswerAt(counted.Position);
        var rows = disclosure.Answer(
            counted, await recent.Ledger(question, counted.Position, disclosure), await recent.Chosen(question, counted.Position, disclosure), question);
        http.CountRows(rows.Count);
        return CsvAnswer.IsAskedFor(http)
            ? new CsvAnswer([.. Columns.Select(column => column.Name)], rows.Select(row => Array.ConvertAll(Columns, column => column.Value(row))))
            : TypedResults.Ok(new Response
            {
                Position = question.AsOf ?? counted.Position,
                AsOf = asked.AsOf?.Utc,
                Threshold = disclosure.Threshold,
                RegionOf = question.RegionOf,
                Until = lives.Until,
                Rows = rows,
            });
    }

    /// <summary>A row for every two states of which one may follow the other, in the order of states.</summary>
    internal sealed record Response
    {
        /// <summary>The position of the ledger that the answer tells of.</summary>
        public required long Position { get; init; }

        /// <summary>The moment that was asked for; null for the present.</summary>
        public required DateTime? AsOf { get; init; }

        /// <summary>The least number that is shown, zero aside; 1 shows all.</summary>
        public required long Threshold { get; init; }

        public required RegionOf RegionOf { get; init; }

        /// <summary>The day up to which the states that partnerships are in were watched.</summary>
        public required DateOnly Until { get; init; }

        public required IReadOnlyList<TransitionRow> Rows { get; init; }
    }
}
