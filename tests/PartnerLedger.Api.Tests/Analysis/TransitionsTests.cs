using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class TransitionsTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private long position;

    [Fact]
    public async Task Rates_are_moves_by_years_in_the_state_with_exact_limits()
    {
        // 1000 and 461 days of struggling are four years.
        var path = await Log("africa", "2018-01-01", ("active", "2018-01-11"), ("struggling", "2018-02-01"), ("failed", "2020-10-28"));
        await Log("africa", "2019", ("struggling", "2020-03-01"), ("active", "2021-06-05"), ("struggling", "2020-03-01"), ("successful", "2020-02-01"));
        var answer = await Ask(Role.Leader, "region=africa");

        Is(1 / 4d, .0253178 / 4, 5.5716434 / 4, Row(answer, "struggling", "failed"));
        Is(1 / 4d, .0253178 / 4, 5.5716434 / 4, Row(answer, "struggling", "active"));
        Is(1 / 4d, .0253178 / 4, 5.5716434 / 4, Row(answer, "struggling", "successful"));

        // From July 1st of 2019 to March 1st are 244 days, and ten more of the other; nobody was left undeveloped.
        var years = 254 / 365.25;
        Is(1 / years, .0253178 / years, 5.5716434 / years, Row(answer, "proposed", "struggling"));
        Is(0, 0, 3.6888795 / years, Row(answer, "proposed", "undeveloped"));
        var none = Row(answer, "unexplored", "proposed");
        Assert.Equal((0, 0), (none.GetProperty("moves").GetInt64(), none.GetProperty("years").GetDouble()));
        Assert.Equal((JsonValueKind.Null, "No time was spent in the state."), (none.GetProperty("rate").ValueKind, none.GetProperty("reason").GetString()));

        // What was left before it was come into took no time: 21 days of active are all.
        Assert.Equal(21 / 365.25, Row(answer, "active", "ended").GetProperty("years").GetDouble(), 12);

        var known = TimeProvider.System.GetUtcNow();
        position = (await service.As(Role.Leader).Post($"{path}/corrections", """{"version":3,"reason":"A year later.","replacement":{"occurredOn":"2019-02-01"}}""")).Must(200).Position;
        var corrected = await Ask(Role.Leader, "region=africa");
        Assert.Equal((1461 - 365) / 365.25, Row(corrected, "struggling", "failed").GetProperty("years").GetDouble(), 12);
        Assert.Equal((21 + 365) / 365.25, Row(corrected, "active", "ended").GetProperty("years").GetDouble(), 12);
        Assert.Equal(answer["rows"].GetRawText(), (await Ask(Role.Leader, $"region=africa&asOf={known:yyyy-MM-ddTHH:mm:ss.ffffffZ}"))["rows"].GetRawText());
        Assert.Equal(corrected["rows"].GetRawText(), (await Ask(Role.Leader, "region=africa&from=2018&to=2019"))["rows"].GetRawText());
        Assert.Equal(0, Row(await Ask(Role.Leader, "region=africa&from=2019"), "struggling", "failed").GetProperty("moves").GetInt64());
    }

    [Fact]
    public async Task A_partnership_is_watched_in_its_state_up_to_today_or_to_the_moment_asked_for()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await Log("middle-east", $"{today.AddDays(-40):yyyy-MM-dd}", ("active", $"{today.AddDays(-30):yyyy-MM-dd}"));

        Assert.Equal(30 / 365.25, Row(await Ask(Role.Leader, "region=middle-east"), "active", "failed").GetProperty("years").GetDouble(), 12);
    }

    [Fact]
    public async Task An_analyst_sees_no_small_number_of_moves_and_none_that_gives_one_away()
    {
        for (var i = 0; i < 8; i++)
        {
            await Log("eu-plus", "2020-01", ("active", "2020-06"), ("failed", "2021"));
        }

        // Five moves, but of two partnerships.
        await Log("eu-plus", "2020-01", ("active", "2020-06"), ("struggling", "2021-01"), ("active", "2021-02"), ("struggling", "2021-03"), ("failed", "2021-04"));
        await Log("eu-plus", "2020-01", ("active", "2020-06"), ("struggling", "2021-01"), ("active", "2021-02"), ("struggling", "2021-03"), ("active", "2021-04"),
            ("struggling", "2021-05"), ("failed", "2021-06"));
        var answer = await Ask(Role.Analyst, "region=eu-plus");

        Assert.Equal(10, Row(answer, "proposed", "active").GetProperty("moves").GetInt64());
        Assert.Equal(10 / (10 * 152 / 365.25), Row(answer, "proposed", "active").GetProperty("rate").GetProperty("value").GetDouble(), 9);
        Assert.All(
            [Row(answer, "active", "struggling"), Row(answer, "struggling", "failed"), Row(answer, "struggling", "active"), Row(answer, "active", "failed")],
            row => Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, true),
                (row.GetProperty("moves").ValueKind, row.GetProperty("rate").ValueKind, row.GetProperty("suppressed").GetBoolean())));

        // Two partnerships struggled: how long, is theirs. All ten were active.
        Assert.Equal(JsonValueKind.Null, Row(answer, "struggling", "successful").GetProperty("years").ValueKind);
        Assert.Equal(JsonValueKind.Number, Row(answer, "active", "failed").GetProperty("years").ValueKind);
        Assert.Equal(5, Row(await Ask(Role.Leader, "region=eu-plus"), "active", "struggling").GetProperty("moves").GetInt64());

        var csv = (await service.As(Role.Analyst).Get("/api/analysis/transitions?region=eu-plus", ("Accept", "text/csv"))).Must(200);
        Assert.StartsWith("from,to,moves,years,rate,rateLow,rateHigh,suppressed,reason\r\nunexplored,proposed,0,0,,,,false,No time was spent in the state.\r\n", csv.Text, StringComparison.Ordinal);
        Assert.Contains("\r\nstruggling,failed,,,,,,true,\"The counts are too small", csv.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("horizon=5", "horizon")]
    [InlineData("factor=N-FUND", "factor")]
    [InlineData("region=atlantis", "region")]
    public async Task A_question_that_makes_no_sense_is_refused(string question, string where) =>
        await (await service.As(Role.Leader).Get($"/api/analysis/transitions?{question}")).MustRefuse(where);

    private static JsonElement Row(Answer answer, string from, string to) => Assert.Single(
        answer["rows"].EnumerateArray(), row => row.GetProperty("from").GetString() == from && row.GetProperty("to").GetString() == to);

    private static void Is(double value, double low, double high, JsonElement row)
    {
        var rate = row.GetProperty("rate");
        Assert.Equal(value, rate.GetProperty("value").GetDouble(), 9);
        Assert.Equal(low, rate.GetProperty("low").GetDouble(), 6);
        Assert.Equal(high, rate.GetProperty("high").GetDouble(), 6);
    }

    private async Task<Answer> Ask(Role role, string question) =>
        (await service.As(role).Get($"/api/analysis/transitions?{question}&minPosition={position}")).Must(200);

    private async Task<string> Log(string region, string proposed, params (string State, string On)[] steps)
    {
        var leader = service.As(Role.Leader);
        var path = await leader.Opened($$"""{"name":"x","regions":["{{region}}"],"occurredOn":"{{proposed}}"}""");
        foreach (var (state, on) in steps)
        {
            position = (await leader.Post($"{path}/{state}", $$"""{"occurredOn":"{{on}}"}""")).Must(200).Position;
        }

        return path;
    }
}
