using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Imports;

/// <summary>What was exported, imported into an empty ledger, gives equal analyses.</summary>
public sealed class RoundTripTests(ServiceFactory service, TestCluster cluster) : IClassFixture<ServiceFactory>
{
    private static readonly string[] Questions =
    [
        "summary", "summary?regionOf=informant", "factors?by=sectors&by=region&by=state", "factors?by=sector&regionOf=informant", "factors?from=2020&to=2022", "contrast?group=failed&versus=successful",
        "cooccurrence", "complementarity", "trend", "summary?from=2020-02&to=2021", "incidence", "transitions",
    ];

    [Fact]
    public async Task As_commands_and_as_csv()
    {
        var leader = service.As(Role.Leader);
        var position = await Fill(leader);
        var commands = (await leader.Get("/api/exports/partnerships")).Must(200);
        var partnerships = (await leader.Get("/api/exports/partnerships", ("Accept", "text/csv"))).Must(200).Text;
        var notes = (await leader.Get("/api/exports/notes")).Must(200).Text;
        Assert.Equal("application/x-ndjson", commands.Response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("'=1+1", partnerships, StringComparison.Ordinal);

        await using var byCommands = await Empty();
        var done = await byCommands.As(Role.Leader).ImportAll(commands.Text);
        await MustAnswerAlike(leader, position, byCommands.As(Role.Leader), done.Position);
        Assert.Equal(
            Ordered(commands.Text),
            Ordered((await byCommands.As(Role.Leader).Get("/api/exports/partnerships")).Must(200).Text));

        await using var byCsv = await Empty();
        var path = (await byCsv.ImportCsv(partnerships, notes)).Must(202).Header("Location")!;
        var csvDone = await byCsv.As(Role.Leader).Done(path);
        await MustAnswerAlike(leader, position, byCsv.As(Role.Leader), csvDone.Position);
        Assert.Equal(
            Ordered(partnerships),
            Ordered((await byCsv.As(Role.Leader).Get("/api/exports/partnerships", ("Accept", "text/csv"))).Must(200).Text));
        Assert.Equal(Ordered(notes), Ordered((await byCsv.As(Role.Leader).Get("/api/exports/notes")).Must(200).Text));
    }

    [Fact]
    public async Task Notes_are_told_line_by_line_too()
    {
        await Fill(service.As(Role.Leader));
        var line = (await service.As(Role.Auditor).Get("/api/exports/notes", ("Accept", "application/x-ndjson"))).Must(200).Text.Split('\n')[0];
        Assert.Contains("\"factor\":\"N-LEAD\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_analysis_is_told_line_by_line_with_the_columns_of_its_table()
    {
        var position = await Fill(service.As(Role.Leader));
        foreach (var question in Questions)
        {
            var path = $"/api/analysis/{question}{(question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={position}";
            var table = (await service.As(Role.Auditor).Get(path, ("Accept", "text/csv"))).Must(200).Text.TrimEnd().Split("\r\n");
            var lines = (await service.As(Role.Auditor).Get(path, ("Accept", "application/x-ndjson"))).Must(200).Text.TrimEnd().Split('\n');

            Assert.Equal(table.Length - 1, lines.Length);
            Assert.All(lines, line => Assert.Equal(table[0].Split(','), System.Text.Json.JsonDocument.Parse(line).RootElement.EnumerateObject().Select(member => member.Name)));
        }
    }

    private static async Task<long> Fill(LedgerClient leader)
    {
        var position = 0L;
        for (var i = 0; i < 12; i++)
        {
            var path = await leader.Opened($$"""
                {"name":"{{(i == 0 ? "=1+1" : $"Round \\\"trip\\\", {i}")}}","partners":[{"name":"Red; Cross | \\ A","sector":"nonprofit","country":"NL"},{"sector":"{{(i % 2 == 0 ? "industry" : "government")}}"}],
                 "regions":["{{(i % 3 == 0 ? "africa" : "eu-plus")}}","middle-east"],"sectorsComplete":{{(i % 4 == 0 ? "false" : "true")}},"purpose":"Line one\nline two","informant":"r{{i % 5}}","informantRegion":"africa","occurredOn":"202{{i % 3}}-0{{(i % 9) + 1}}"}
                """);
            (await leader.Post($"{path}/factors", $$"""{"factors":["N-TRUST","{{(i % 2 == 0 ? "S-COMM" : "N-FUND")}}"],"note":"'quoted","informant":"r{{i % 4}}","informantRegion":"eu-plus","occurredOn":"2021"}""")).Must(200);
            (await leader.Post($"{path}/partners", """{"sector":"industry","name":"Late","occurredOn":"2022"}""")).Must(200);
            (await leader.Post($"{path}/active", """{"reason":"It began","informant":"r9","occurredOn":"2022-02"}""")).Must(200);
            (await leader.Post($"{path}/partners/4/left", """{"reason":"-5 %","occurredOn":"2023"}""")).Must(200);
            (await leader.Post($"{path}/partners/1/left", """{"partner":1}""")).Must(200);
            (await leader.Post($"{path}/regions", """{"regions":["eu-plus"]}""")).Must(200);
            (await leader.Post($"{path}/name", """{"name":"@Renamed"}""")).Must(200);
            (await leader.Post($"{path}/{(i % 3 == 0 ? "failed" : "successful")}", """{"occurredOn":"2024"}""")).Must(200);
            (await leader.Post($"{path}/factors", """{"factor":"S-TRUST","occurredOn":"2020-05"}""")).Must(200);
            (await leader.Post($"{path}/corrections", """{"version":2,"reason":"Was lead","replacement":{"factor":"N-LEAD","note":null,"informant":"r7"}}""")).Must(200);
            position = (await leader.Post($"{path}/corrections", $$"""{"version":{{(i % 2 == 0 ? 3 : 7)}},"reason":"Never so","withdrawn":true}""")).Must(200).Position;
        }

        return position;
    }

    private static async Task MustAnswerAlike(LedgerClient before, long position, LedgerClient after, long afterPosition)
    {
        foreach (var question in Questions)
        {
            var (expected, actual) = (await Ask(before, position, question), await Ask(after, afterPosition, question));
            Assert.NotEmpty(expected);
            Assert.Equal(expected, actual);
        }

        static async Task<string> Ask(LedgerClient client, long position, string question) =>
            (await client.Get($"/api/analysis/{question}{(question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={position}", ("Accept", "text/csv"))).Must(200).Text;
    }

    // Partnerships get new ids.
    private static IEnumerable<string> Ordered(string file) =>
        System.Text.RegularExpressions.Regex.Replace(
            file, "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Split('\n').Order(StringComparer.Ordinal);

    private async Task<ServiceFactory> Empty()
    {
        var empty = new ServiceFactory(cluster);
        await empty.InitializeAsync();
        return empty;
    }
}
