namespace PartnerLedger.Api.Tests;

/// <summary>
/// A ledger with the figures of the study: 255 partnerships told by 70 practitioners, with 190 nonprofit, 112 industry and 140 government
/// memberships; 86 within one sector, 147 across two, 20 across three, and 2 of which only one sector is known. Always the same.
/// </summary>
internal static class Study
{
    public const int Partnerships = 255;
    public const int Informants = 70;

    private const int LoggedAtOnce = 8;

    public static readonly string[] Regions = ["asia-pacific", "eu-plus", "north-america"];

    private static readonly (int Count, bool Complete, string[] Sectors)[] Shapes =
    [
        (39, true, ["nonprofit"]), (15, true, ["industry"]), (32, true, ["government"]),
        (60, true, ["nonprofit", "industry"]), (70, true, ["nonprofit", "government"]), (17, true, ["industry", "government"]),
        (20, true, ["nonprofit", "industry", "government"]),
        (1, false, ["nonprofit"]), (1, false, ["government"]),
    ];

    private static readonly string[][] Lives =
    [
        ["unexplored"], ["undeveloped"], ["proposed"], ["proposed", "active"], ["proposed", "active", "struggling"], ["proposed", "active", "struggling", "failed"],
        ["proposed", "active", "successful"], ["proposed", "active", "successful", "ended"], ["proposed", "undeveloped"],
    ];

    private static readonly string[] Topics = ["TRUST", "COMM", "FUND", "LEAD", "PURPOSE", "POWER", "CAPACITY"];

    public static IReadOnlyList<Story> Stories { get; } =
        [.. Shapes.SelectMany(shape => Enumerable.Repeat(shape, shape.Count)).Select((shape, number) => Tell(number, shape.Sectors, shape.Complete))];

    /// <summary>Logs the whole study, command by command; gives the position of its last event.</summary>
    public static async Task<long> Log(LedgerClient leader)
    {
        var last = 0L;
        foreach (var some in Stories.Chunk(LoggedAtOnce))
        {
            last = Math.Max(last, (await Task.WhenAll(some.Select(story => Log(leader, story)))).Max());
        }

        return last;
    }

    private static Story Tell(int number, string[] sectors, bool sectorsComplete)
    {
        var life = Lives[number * 7 % Lives.Length];
        var polarity = life[^1] is "active" or "successful" or "ended" ? "S" : "N";
        return new Story(
            $"Partnership {number + 1}", sectors, sectorsComplete, Regions[number % Regions.Length], $"practitioner-{number % Informants + 1}", life,
            [$"{polarity}-{Topics[number % Topics.Length]}", $"{polarity}-{Topics[(number * 3 + 1) % Topics.Length]}"]);
    }

    private static async Task<long> Log(LedgerClient leader, Story story)
    {
        var informed = $"\"informant\":\"{story.Informant}\",\"informantRegion\":\"{story.Region}\"";
        var partners = string.Join(',', story.Sectors.Select(sector => $$"""{"sector":"{{sector}}"}"""));
        var path = await leader.Opened(
            $$"""
            {"name":"{{story.Name}}","stage":"{{story.Life[0]}}","partners":[{{partners}}],"sectorsComplete":{{(story.SectorsComplete ? "true" : "false")}},
             "regions":["{{story.Region}}"],"occurredOn":"2015",{{informed}}}
            """);
        for (var step = 1; step < story.Life.Length; step++)
        {
            (await leader.Post($"{path}/{story.Life[step]}", $$"""{"occurredOn":"{{2015 + step}}",{{informed}}}""")).Must(200);
        }

        var factors = string.Join(',', story.Factors.Distinct(StringComparer.Ordinal).Select(factor => $"\"{factor}\""));
        return (await leader.Post($"{path}/factors", $$"""{"factors":[{{factors}}],"occurredOn":"2020",{{informed}}}""")).Must(200).Position;
    }

    /// <summary>One partnership of the study: its shape, who told of it, what became of it, and which factors were noted.</summary>
    public sealed record Story(string Name, string[] Sectors, bool SectorsComplete, string Region, string Informant, string[] Life, string[] Factors);
}
