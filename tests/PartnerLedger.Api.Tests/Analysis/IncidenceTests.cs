using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class IncidenceTests(FollowedLives service) : IClassFixture<FollowedLives>
{
    [Fact]
    public async Task Freireichs_treated_arm_is_as_published_and_the_arms_differ_as_published()
    {
        var answer = (await service.Ask(Role.Leader, "incidence?region=eu-plus&horizon=23&landmark=0&factor=S-FUND")).Must(200);

        Assert.Equal(42, answer["partnerships"].GetInt64());
        var treated = answer["groups"][0];
        Assert.True(treated.GetProperty("noted").GetBoolean());
        Assert.Equal(21, treated.GetProperty("partnerships").GetInt64());
        Assert.Equal(1 - .7529, Point(treated, 10).GetProperty("failed").GetDouble(), 4);
        Assert.Equal(1 - .8894, Point(treated, 10).GetProperty("failedLow").GetDouble(), 4);
        Assert.Equal(1 - .5032, Point(treated, 10).GetProperty("failedHigh").GetDouble(), 4);

        // Half of those without had failed by day 8, and all by day 23.
        var others = answer["groups"][1];
        Assert.Equal(8, Day(others.GetProperty("curve").EnumerateArray().First(point => point.GetProperty("failed").GetDouble() >= .5)));
        Assert.Equal("""{"value":1,"low":1,"high":1}""", others.GetProperty("failed").GetRawText());

        var failing = answer["logRank"].GetProperty("failed");
        Assert.Equal(16.793, failing.GetProperty("chiSquare").GetDouble(), 3);
        Assert.Equal(4.17e-5, failing.GetProperty("pValue").GetDouble(), 6);
        Assert.Equal(JsonValueKind.Null, answer["logRank"].GetProperty("successful").ValueKind);
        Assert.Contains("cannot be compared", answer["logRank"].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_partnerships_come_out_as_they_do_in_fractions_by_hand()
    {
        var answer = (await service.Ask(Role.Leader, "incidence?region=africa&horizon=7")).Must(200);

        // At risk on days 0, 1, 3, 5 and 6: 10, 9, 7, 4 and 2.
        Assert.Equal(10, answer["partnerships"].GetInt64());
        Assert.Equal([0, 1, 3, 5, 6], answer["curve"].EnumerateArray().Select(Day));
        Is(1 / 10d, 0, Point(answer.Json, 0));
        Is(1 / 10d, 1 / 10d, Point(answer.Json, 1));
        Is(1 / 10d + (8 / 10d / 7), 1 / 10d + (8 / 10d / 7), Point(answer.Json, 3));
        var free = 8 / 10d * 5 / 7;
        Is(1 / 10d + (8 / 10d / 7) + (free / 4), 1 / 10d + (8 / 10d / 7) + (free / 4), Point(answer.Json, 5));
        Assert.Equal(1 / 10d + (8 / 10d / 7) + (free / 4) + (free / 2 / 2), answer["failed"].GetProperty("value").GetDouble(), 12);
        Assert.Equal(
            1, answer["failed"].GetProperty("value").GetDouble() + answer["successful"].GetProperty("value").GetDouble() + answer["neither"].GetDouble(), 12);
    }

    [Fact]
    public async Task Late_entries_are_at_risk_from_the_day_of_recording()
    {
        await service.Backdate();
        var answer = (await service.Ask(Role.Leader, "incidence?region=africa&horizon=7&entry=recorded")).Must(200);

        Assert.Equal("recorded", answer["entry"].GetString());
        Is(1 / 9d, 0, Point(answer.Json, 0));
        Is(2 / 9d, 2 / 9d, Point(answer.Json, 3));
        Is(13 / 36d, 13 / 36d, Point(answer.Json, 5));
        Assert.Equal(1 / 2d, answer["failed"].GetProperty("value").GetDouble(), 12);
        Assert.Equal(13 / 36d, answer["successful"].GetProperty("value").GetDouble(), 12);
        Assert.Equal(1 - .5 - (13 / 36d), answer["neither"].GetDouble(), 12);
    }

    [Fact]
    public async Task From_a_landmark_on_only_those_without_an_end_by_then_are_watched()
    {
        var answer = (await service.Ask(Role.Leader, "incidence?region=africa&horizon=7&landmark=3")).Must(200);

        // Five have neither ended nor left by day 3: on day 5 they are four, on day 6 two.
        Assert.Equal(5, answer["partnerships"].GetInt64());
        Is(1 / 4d, 1 / 4d, Point(answer.Json, 5));
        Is(1 / 2d, 1 / 4d, Point(answer.Json, 6));
        Assert.False(answer.Json.TryGetProperty("groups", out _));
    }

    [Fact]
    public async Task Beyond_the_longest_follow_up_nothing_is_told()
    {
        var answer = (await service.Ask(Role.Leader, "incidence?region=africa&horizon=8")).Must(200);
        Assert.All(["failed", "successful", "neither"], name => Assert.Equal(JsonValueKind.Null, answer[name].ValueKind));
        Assert.Contains("earlier horizon", answer["reason"].GetString(), StringComparison.Ordinal);
        Assert.Equal(5, answer["curve"].GetArrayLength());

        // Where everybody met an end, nobody is left to meet one later.
        var ended = (await service.Ask(Role.Leader, "incidence?region=eu-plus&state=failed&horizon=1460")).Must(200);
        Assert.Equal(1, ended["failed"].GetProperty("value").GetDouble(), 12);

        var none = (await service.Ask(Role.Leader, "incidence?region=middle-east")).Must(200);
        Assert.Equal((0, "No partnership was at risk."), (none["partnerships"].GetInt64(), none["reason"].GetString()));
    }

    [Fact]
    public async Task An_analyst_sees_no_step_of_fewer_than_five()
    {
        var answer = (await service.Ask(Role.Analyst, "incidence?region=eu-plus&horizon=23")).Must(200);

        // Of 42 fail 2, 2 and 1 on days 1 to 3, 2, 2 and 3 on days 4 to 6, 1 and 4 on days 7 and 8, 1, 2 and 2 on days 10 to 12. The rest would
        // be six by day 22 and two on day 23: these are told as one, at the horizon.
        Assert.Equal(42, answer["partnerships"].GetInt64());
        Assert.Equal([3, 6, 8, 12], answer["curve"].EnumerateArray().Select(Day));
        Assert.Equal(5 / 42d, Point(answer.Json, 3).GetProperty("failed").GetDouble(), 12);
        Assert.False(answer["suppressed"].GetBoolean());

        var ten = (await service.Ask(Role.Analyst, "incidence?region=africa&horizon=7")).Must(200);
        Assert.All(["partnerships", "failed", "successful", "neither"], name => Assert.Equal(JsonValueKind.Null, ten[name].ValueKind));
        Assert.Empty(ten["curve"].EnumerateArray());
        Assert.True(ten["suppressed"].GetBoolean());
    }

    [Fact]
    public async Task An_analyst_sees_both_groups_or_none()
    {
        // Of those with adequate funding, and of the others, one fails after day 22.
        var hidden = (await service.Ask(Role.Analyst, "incidence?region=eu-plus&horizon=22&landmark=0&factor=S-FUND")).Must(200);
        Assert.All(hidden["groups"].EnumerateArray(), group => Assert.Equal(JsonValueKind.Null, group.GetProperty("partnerships").ValueKind));
        Assert.All(["failed", "successful"], name => Assert.Equal(JsonValueKind.Null, hidden["logRank"].GetProperty(name).ValueKind));

        // Of those with adequate funding nine fail by day 23, none of them by day 3, when five of the others have failed.
        var shown = (await service.Ask(Role.Analyst, "incidence?region=eu-plus&horizon=23&landmark=0&factor=S-FUND")).Must(200);
        Assert.Equal(16.793, shown["logRank"].GetProperty("failed").GetProperty("chiSquare").GetDouble(), 3);
        Assert.Equal([3], shown["curve"].EnumerateArray().Select(Day));
        Assert.All(shown["groups"].EnumerateArray(), group => Assert.Equal([3], group.GetProperty("curve").EnumerateArray().Select(Day)));
    }

    [Fact]
    public async Task What_was_known_earlier_and_what_a_correction_changes_are_told_alike()
    {
        var leader = service.As(Role.Leader);
        var path = await leader.Opened("""{"name":"x","regions":["north-america"],"occurredOn":"2024-03-01"}""");
        await leader.Opened("""{"name":"y","regions":["north-america"],"occurredOn":"2024-03-01"}""");
        await leader.Post($"{path}/factors", """{"factor":"N-FUND","occurredOn":"2024-03"}""");
        var failed = (await leader.Post($"{path}/failed", """{"occurredOn":"2024-03-11"}""")).Must(200);
        Assert.StartsWith("""{"value":0.5,""", await Failed(failed.Position), StringComparison.Ordinal);
        var known = TimeProvider.System.GetUtcNow();

        var later = (await leader.Post($"{path}/corrections", """{"version":3,"reason":"It was April.","replacement":{"occurredOn":"2024-04"}}""")).Must(200);
        Assert.Equal("""{"value":0,"low":0,"high":0}""", await Failed(later.Position));
        Assert.StartsWith("""{"value":0.5,""", await Failed(later.Position, "&horizon=46"), StringComparison.Ordinal);

        // Noted in the middle of March as far as arithmetic goes, that is on day 15.
        Assert.Equal("""[false,true]""", await Sides(14));
        Assert.Equal("""[true,true]""", await Sides(15));

        var earlier = (await leader.Post($"{path}/corrections", """{"version":1,"reason":"It was in 2023.","replacement":{"occurredOn":"2023"}}""")).Must(200);
        Assert.Equal("""{"value":0,"low":0,"high":0}""", await Failed(earlier.Position, "&horizon=289"));
        Assert.StartsWith("""{"value":0.5,""", await Failed(earlier.Position, "&horizon=290"), StringComparison.Ordinal);

        var withdrawn = (await leader.Post($"{path}/corrections", """{"version":3,"reason":"It did not fail.","withdrawn":true}""")).Must(200);
        Assert.Equal("""{"value":0,"low":0,"high":0}""", await Failed(withdrawn.Position, "&horizon=290"));
        Assert.StartsWith("""{"value":0.5,""", await Failed(withdrawn.Position, $"&asOf={known:yyyy-MM-ddTHH:mm:ss.ffffffZ}"), StringComparison.Ordinal);

        async Task<string> Failed(long position, string more = "&horizon=10") => (await leader.Get(
            $"/api/analysis/incidence?region=north-america&minPosition={position}{(more.Contains("horizon", StringComparison.Ordinal) ? more : $"&horizon=10{more}")}"))
            .Must(200)["failed"].GetRawText();

        async Task<string> Sides(int landmark) => JsonSerializer.Serialize(
            (await leader.Get($"/api/analysis/incidence?region=north-america&minPosition={later.Position}&horizon=46&landmark={landmark}&factor=N-FUND"))
            .Must(200)["groups"].EnumerateArray().Select(group => group.GetProperty("partnerships").GetInt64() > 0));
    }

    [Fact]
    public async Task The_curve_comes_as_csv_and_ends_with_the_horizon()
    {
        var csv = (await service.Ask(Role.Analyst, "incidence?region=eu-plus&horizon=23", ("Accept", "text/csv"))).Must(200).Text.Split("\r\n");

        Assert.Equal("noted,partnerships,day,failed,failedLow,failedHigh,successful,successfulLow,successfulHigh,neither,suppressed,reason", csv[0]);
        Assert.StartsWith(",42,3,0.11904761904761", csv[1], StringComparison.Ordinal);
        Assert.Equal(",,20,,,,,,,,true,\"The counts are too small to be shown, and what follows from them would give them away.\"",
            (await service.Ask(Role.Analyst, "incidence?region=africa&horizon=20", ("Accept", "text/csv"))).Must(200).Text.Split("\r\n")[1]);
    }

    [Theory]
    [InlineData("horizon=-1", "horizon")]
    [InlineData("horizon=soon", "horizon")]
    [InlineData("horizon=36526", "horizon")]
    [InlineData("landmark=1460", "landmark")]
    [InlineData("factor=N-FUND", "landmark")]
    [InlineData("topic=FUND&horizon=9", "landmark")]
    [InlineData("landmark=5&factor=N-NOTHING", "factor")]
    [InlineData("entry=late", "entry")]
    [InlineData("by=sector", "by")]
    public async Task A_question_that_makes_no_sense_is_refused(string question, string where) =>
        await (await service.Ask(Role.Leader, $"incidence?{question}")).MustRefuse(where);

    private static JsonElement Point(JsonElement curve, int day) => Assert.Single(curve.GetProperty("curve").EnumerateArray(), point => Day(point) == day);

    private static int Day(JsonElement point) => point.GetProperty("day").GetInt32();

    private static void Is(double failed, double successful, JsonElement point)
    {
        Assert.Equal(failed, point.GetProperty("failed").GetDouble(), 12);
        Assert.Equal(successful, point.GetProperty("successful").GetDouble(), 12);
        Assert.Equal(1 - failed - successful, point.GetProperty("neither").GetDouble(), 12);
    }
}
