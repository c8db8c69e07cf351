using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class AnalysisServiceTests(SevenPartnerships service) : IClassFixture<SevenPartnerships>
{
    private const string Counted =
        """{"factor":{0},"polarity":"negative","topic":"FUND","noted":2,"of":7,"informants":2,"share":0.2857142857142857,"low":0.08221892400405678,"high":0.6410655481673808,"suppressed":false}""";

    [Fact]
    public async Task A_leader_sees_every_count_and_an_analyst_none_that_is_small()
    {
        var counts = (await service.Ask(Role.Leader, "summary")).Must(200);
        Assert.Equal(
            """{"partnerships":7,"informants":2,"bySector":{"nonprofit":7,"industry":2,"government":0},"bySpan":{"1":5,"2":2,"3":0,"undetermined":0},"byRegion":{"asia-pacific":0,"eu-plus":7,"north-america":0,"latin-america-caribbean":0,"middle-east":0,"africa":0,"eastern-europe-central-asia":0},"byState":{"unexplored":0,"proposed":2,"undeveloped":0,"active":5,"struggling":0,"failed":0,"successful":0,"ended":0},"regionOf":"partnership"}""",
            counts.Text);
        Assert.Equal(service.Position.ToString(), counts.Header("Ledger-Position"));

        var shown = (await service.Ask(Role.Analyst, "summary")).Must(200);
        Assert.Equal("""{"nonprofit":7,"industry":null,"government":0}""", shown["bySector"].GetRawText());
        Assert.Equal(JsonValueKind.Null, shown["informants"].ValueKind);
    }

    [Fact]
    public async Task A_leader_who_is_an_analyst_too_sees_every_count()
    {
        var counts = await service.As(Role.Analyst, Role.Leader).Get($"/api/analysis/summary?minPosition={service.Position}");
        Assert.Equal(2, counts.Must(200)["bySector"].GetProperty("industry").GetInt64());
    }

    [Fact]
    public async Task Rows_tell_share_and_interval_or_that_they_are_suppressed()
    {
        var counts = (await service.Ask(Role.Auditor, "factors?polarity=negative")).Must(200);
        Assert.Equal(
            $$"""{"position":{{service.Position}},"asOf":null,"threshold":1,"regionOf":"partnership","rows":[{{Counted.Replace("{0}", "\"N-FUND\"", StringComparison.Ordinal)}}]}""",
            counts.Text);

        var shown = (await service.Ask(Role.Analyst, "factors?polarity=negative")).Must(200);
        Assert.Equal(5, shown["threshold"].GetInt64());
        Assert.Equal(
            """[{"factor":"N-FUND","polarity":"negative","topic":"FUND","noted":null,"of":7,"informants":null,"share":null,"low":null,"high":null,"suppressed":true}]""",
            shown["rows"].GetRawText());
    }

    [Fact]
    public async Task A_row_by_topic_speaks_of_no_factor() =>
        Assert.Equal($"[{Counted.Replace("{0}", "null", StringComparison.Ordinal)}]", (await service.Ask(Role.Leader, "factors?by=topic"))["rows"].GetRawText());

    [Fact]
    public async Task Rows_come_as_csv_under_the_same_rules()
    {
        var rows = (await service.Ask(Role.Analyst, "factors?by=region&by=sectors&factor=N-FUND", ("Accept", "text/csv"))).Must(200);
        Assert.Equal("text/csv; charset=utf-8; header=present", rows.Header("Content-Type"));
        Assert.Equal(service.Position.ToString(), rows.Header("Ledger-Position"));
        Assert.Equal(
            "sectors,region,factor,polarity,topic,noted,of,informants,share,low,high,suppressed\r\n"
            // Five of seven would tell of how many the other row is.
            + "nonprofit,eu-plus,N-FUND,negative,FUND,,,,,,,true\r\n"
            + "nonprofit+industry,eu-plus,N-FUND,negative,FUND,,,,,,,true\r\n",
            rows.Text);
        var summary = (await service.Ask(Role.Analyst, "summary", ("Accept", "text/csv"))).Must(200);
        Assert.StartsWith("measure,of,count,suppressed\r\npartnerships,,7,false\r\ninformants,,,true\r\npartnershipsBySector,nonprofit,7,false\r\n", summary.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summary?state=happy", "state")]
    [InlineData("summary?region=atlantis", "region")]
    [InlineData("summary?factor=N-FUND", "factor")]
    [InlineData("summary?from=2024-13", "from")]
    [InlineData("summary?from=2024&to=2023", "to")]
    [InlineData("summary?asOf=2999-01-01T00:00:00Z", "asOf")]
    [InlineData("factors?factor=N-NOTHING", "factor")]
    [InlineData("factors?topic=NOTHING", "topic")]
    [InlineData("factors?by=colour", "by")]
    [InlineData("factors?asOf=2024-01-01", "asOf")]
    public async Task Words_and_moments_that_mean_nothing_are_refused(string question, string where) =>
        await (await service.Ask(Role.Leader, question)).MustRefuse(where);

    [Theory]
    [InlineData("from=2024-03-02", "from")]
    [InlineData("to=2024-03-30", "to")]
    [InlineData("asOf=2024-03-01T00:00:01Z", "asOf")]
    public async Task Analysts_step_by_whole_months_and_others_need_not(string days, string where)
    {
        foreach (var route in new[] { "summary", "factors" })
        {
            var refused = await (await service.Ask(Role.Analyst, $"{route}?{days}")).MustRefuse(where);
            Assert.Contains("whole months", refused.GetProperty("errors").GetProperty(where)[0].GetString(), StringComparison.Ordinal);
            (await service.Ask(Role.Leader, $"{route}?{days}")).Must(200);
        }
    }

    [Theory]
    [InlineData("from=2024-03&to=2024-03", 7)]
    [InlineData("from=2024-03-01&to=2024-03-31", 7)]
    [InlineData("from=2024-04", 0)]
    [InlineData("asOf=2024-03-01T00:00:00Z", 0)]
    public async Task Analysts_may_ask_for_months(string months, long partnerships) =>
        Assert.Equal(partnerships, (await service.Ask(Role.Analyst, $"summary?{months}")).Must(200)["partnerships"].GetInt64());

    [Fact]
    public async Task Before_the_first_event_nothing_was_known()
    {
        var factors = (await service.Ask(Role.Leader, "factors?asOf=2024-03-01T00:00:00Z")).Must(200);
        Assert.Equal("""{"position":0,"asOf":"2024-03-01T00:00:00.000000Z","threshold":1,"regionOf":"partnership","rows":[]}""", factors.Text);
    }

    [Fact]
    public async Task The_region_of_those_who_told_is_another_than_the_partnerships()
    {
        var rows = (await service.Ask(Role.Leader, "factors?by=region&regionOf=informant")).Must(200);
        Assert.Equal("informant", rows["regionOf"].GetString());
        var row = Assert.Single(rows["rows"].EnumerateArray());
        Assert.Equal(("africa", 2, 2), (row.GetProperty("region").GetString(), row.GetProperty("noted").GetInt64(), row.GetProperty("of").GetInt64()));
    }

    [Fact]
    public async Task Operators_may_not_analyse() => await (await service.Ask(Role.Operator, "summary")).MustBe("forbidden", 403);
}
