using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class AnalysisServiceTests(AnalysisServiceTests.Told told) : IClassFixture<AnalysisServiceTests.Told>
{
    [Fact]
    public async Task A_leader_sees_every_count_and_an_analyst_none_that_is_small()
    {
        var counts = await told.Get(Role.Leader, "/api/analysis/summary");
        Assert.Equal("""{"nonprofit":7,"industry":2,"government":0}""", counts.GetProperty("bySector").GetRawText());
        Assert.Equal(7, counts.GetProperty("partnerships").GetInt64());
        Assert.Equal("partnership", counts.GetProperty("regionOf").GetString());

        var shown = await told.Get(Role.Analyst, "/api/analysis/summary");
        Assert.Equal("""{"nonprofit":7,"industry":null,"government":0}""", shown.GetProperty("bySector").GetRawText());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("informants").ValueKind);
    }

    [Fact]
    public async Task A_leader_who_is_an_analyst_too_sees_every_count()
    {
        using var client = told.Service.ClientOf(Role.Analyst, Role.Leader);
        var answer = await client.GetFromJsonAsync<JsonElement>(told.Seen("/api/analysis/summary"));
        Assert.Equal(2, answer.GetProperty("bySector").GetProperty("industry").GetInt64());
    }

    [Fact]
    public async Task Rows_tell_share_and_interval_or_that_they_are_suppressed()
    {
        var counts = await told.Get(Role.Auditor, "/api/analysis/factors?polarity=negative");
        Assert.Equal(1, counts.GetProperty("threshold").GetInt64());
        Assert.Equal(told.Position, counts.GetProperty("position").GetInt64());
        Assert.Equal(JsonValueKind.Null, counts.GetProperty("asOf").ValueKind);
        Assert.Equal(
            """{"factor":"N-FUND","polarity":"negative","topic":"FUND","noted":2,"of":7,"informants":2,"share":0.2857142857142857,"low":0.08221968045415886,"high":0.6410668962330069,"suppressed":false}""",
            counts.GetProperty("rows")[0].GetRawText());

        var shown = await told.Get(Role.Analyst, "/api/analysis/factors?polarity=negative");
        Assert.Equal(5, shown.GetProperty("threshold").GetInt64());
        Assert.Equal(
            """{"factor":"N-FUND","polarity":"negative","topic":"FUND","noted":null,"of":7,"informants":null,"share":null,"low":null,"high":null,"suppressed":true}""",
            shown.GetProperty("rows")[0].GetRawText());
    }

    [Fact]
    public async Task Rows_come_as_csv_under_the_same_rules()
    {
        using var client = told.Service.ClientOf(Role.Analyst);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/csv");
        using var answer = await client.GetAsync(told.Seen("/api/analysis/factors?by=region&factor=N-FUND"));
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(told.Position.ToString(), Assert.Single(answer.Headers.GetValues("Ledger-Position")));
        Assert.Equal(
            "region,factor,polarity,topic,noted,of,informants,share,low,high,suppressed\r\n"
            + "eu-plus,N-FUND,negative,FUND,,7,,,,,true\r\n",
            await answer.Content.ReadAsStringAsync());
        Assert.Contains("partnershipsBySector,industry,,true\r\n", await client.GetStringAsync(told.Seen("/api/analysis/summary")), StringComparison.Ordinal);
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
    public async Task Words_and_moments_that_mean_nothing_are_refused(string path, string where)
    {
        using var client = told.Service.ClientOf(Role.Leader);
        using var answer = await client.GetAsync("/api/analysis/" + path);
        await answer.MustRefuse(where);
    }

    [Theory]
    [InlineData("from=2024-03-02", "from")]
    [InlineData("to=2024-03-30", "to")]
    [InlineData("asOf=2024-03-01T00:00:01Z", "asOf")]
    public async Task Analysts_step_by_whole_months(string query, string where)
    {
        foreach (var route in new[] { "summary", "factors" })
        {
            using var analyst = told.Service.ClientOf(Role.Analyst);
            using var refused = await analyst.GetAsync($"/api/analysis/{route}?{query}");
            var problem = await refused.MustRefuse(where);
            Assert.Contains("whole months", problem.GetProperty("errors").GetProperty(where)[0].GetString(), StringComparison.Ordinal);
            using var leader = told.Service.ClientOf(Role.Leader);
            using var answered = await leader.GetAsync($"/api/analysis/{route}?{query}");
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        }
    }

    [Theory]
    [InlineData("from=2024-03&to=2024-03")]
    [InlineData("from=2024-03-01&to=2024-02-29")]
    [InlineData("asOf=2024-03-01T00:00:00Z")]
    public async Task Analysts_may_ask_for_months(string query)
    {
        using var client = told.Service.ClientOf(Role.Analyst);
        using var answer = await client.GetAsync("/api/analysis/factors?" + query);
        Assert.True(answer.StatusCode == HttpStatusCode.OK || query.Contains("02-29", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operators_may_not_analyse()
    {
        using var client = told.Service.ClientOf(Role.Operator);
        using var answer = await client.GetAsync("/api/analysis/summary");
        await answer.MustBe("forbidden", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_was_known_before_the_first_event_is_nothing()
    {
        var answer = await told.Get(Role.Leader, "/api/analysis/summary?asOf=2024-03-01T00:00:00Z");
        Assert.Equal(0, answer.GetProperty("partnerships").GetInt64());
        var factors = await told.Get(Role.Leader, "/api/analysis/factors?asOf=2024-03-01T00:00:00Z");
        Assert.Equal(0, factors.GetProperty("position").GetInt64());
        Assert.Equal("2024-03-01T00:00:00.000000Z", factors.GetProperty("asOf").GetString());
        Assert.Equal(0, factors.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Negative_and_success_factors_of_a_topic_are_rows_of_their_own()
    {
        var answer = await told.Get(Role.Leader, "/api/analysis/factors?by=topic");
        Assert.Equal(
            """[{"factor":null,"polarity":"negative","topic":"FUND","noted":2,"of":7,"informants":2,"share":0.2857142857142857,"low":0.08221968045415886,"high":0.6410668962330069,"suppressed":false}]""",
            answer.GetProperty("rows").GetRawText());
    }

    /// <summary>A service that was told of seven partnerships.</summary>
    public sealed class Told : IAsyncLifetime
    {
        public ServiceFactory Service { get; } = new();

        public long Position { get; private set; }

        public async ValueTask InitializeAsync()
        {
            using var leader = Service.ClientOf(Role.Leader);
            for (var i = 0; i < 7; i++)
            {
                var partners = i < 2 ? """[{"sector":"nonprofit"},{"sector":"industry"}]""" : """[{"sector":"nonprofit"}]""";
                var opened = await Post(leader, "/api/partnerships", $$"""{"name":"p{{i}}","partners":{{partners}},"regions":["eu-plus"],"occurredOn":"2024-03"}""");
                if (i < 2)
                {
                    await Post(leader, $"/api/partnerships/{opened.GetProperty("id").GetString()}/factors", $$"""{"factor":"N-FUND","informant":"i{{i}}","informantRegion":"africa"}""");
                }
            }
        }

        public string Seen(string path) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={Position}";

        internal async Task<JsonElement> Get(Role role, string path)
        {
            using var client = Service.ClientOf(role);
            using var answer = await client.GetAsync(Seen(path));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement;
        }

        public ValueTask DisposeAsync() => Service.DisposeAsync();

        private async Task<JsonElement> Post(HttpClient client, string path, string body)
        {
            using var answer = await client.PostAsync(path, Answers.Json(body));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            var accepted = JsonDocument.Parse(text).RootElement;
            Position = accepted.GetProperty("position").GetInt64();
            return accepted;
        }
    }
}
