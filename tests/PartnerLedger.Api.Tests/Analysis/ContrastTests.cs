using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class ContrastTests(TwentyPartnerships service) : IClassFixture<TwentyPartnerships>
{
    private const string FailedAgainstSuccessful = "group=failed&versus=successful";

    [Fact]
    public async Task A_factor_of_9_in_10_against_3_in_10_has_the_published_limits_and_the_exact_p_value()
    {
        var answer = (await service.Contrast(Role.Leader, FailedAgainstSuccessful)).Must(200);

        Assert.Equal(2, answer["tests"].GetInt32());
        var trust = Row(answer, "N-TRUST");
        Assert.Equal("""{"noted":9,"of":10}""", trust.GetProperty("group").GetRawText());
        Assert.Equal("""{"noted":3,"of":10}""", trust.GetProperty("versus").GetRawText());
        Is(.6, .1705, .8090, trust.GetProperty("riskDifference"), 4);

        // Woolf: 9 · 7 / (1 · 3), and its logarithm's variance 1/9 + 1 + 1/3 + 1/7.
        var half = 1.959963984540054 * Math.Sqrt((1 / 9.0) + 1 + (1 / 3.0) + (1 / 7.0));
        Is(21, 21 * Math.Exp(-half), 21 * Math.Exp(half), trust.GetProperty("oddsRatio"), 9);

        // All tables of these margins that are no likelier: 2 · (1200 + 45) of 125970.
        Assert.Equal(2490.0 / 125970, trust.GetProperty("pValue").GetDouble(), 12);
        Assert.Equal(2490.0 / 125970, trust.GetProperty("qValue").GetDouble(), 12);
        Assert.Equal(JsonValueKind.Null, trust.GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task What_cannot_be_estimated_is_null_and_the_reason_says_why()
    {
        var row = Row((await service.Contrast(Role.Leader, FailedAgainstSuccessful)).Must(200), "S-COMM");

        Assert.Equal(JsonValueKind.Null, row.GetProperty("oddsRatio").ValueKind);
        Assert.Equal(0, row.GetProperty("exactOddsRatio").GetProperty("value").GetDouble());
        Assert.Contains("oddsRatio: a cell of the table is empty.", row.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(2.0 / 184756, row.GetProperty("pValue").GetDouble(), 12);
        Assert.Equal(4.0 / 184756, row.GetProperty("qValue").GetDouble(), 12);

        var mirrored = Row((await service.Contrast(Role.Leader, "group=successful&versus=failed")).Must(200), "S-COMM");
        Assert.Equal(JsonValueKind.Null, mirrored.GetProperty("exactOddsRatio").GetProperty("high").ValueKind);
        Assert.Contains("exactOddsRatio: has no upper end.", mirrored.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_side_has_no_partnership_nothing_is_estimated()
    {
        var row = Row((await service.Contrast(Role.Leader, "group=struggling&versus=successful")).Must(200), "N-TRUST");

        Assert.Equal("""{"noted":0,"of":0}""", row.GetProperty("group").GetRawText());
        Assert.All(["riskDifference", "oddsRatio", "exactOddsRatio", "pValue", "qValue"], name => Assert.Equal(JsonValueKind.Null, row.GetProperty(name).ValueKind));
        Assert.Equal("There is no partnership in group.", row.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("sector")]
    [InlineData("region")]
    public async Task Strata_compare_like_with_like(string stratify)
    {
        var row = Row((await service.Contrast(Role.Leader, $"{FailedAgainstSuccessful}&stratify={stratify}")).Must(200), "N-TRUST");

        // Industry: 6 of 6 against 0 of 2; nonprofits: 3 of 4 against 3 of 8. One region is one stratum, and changes nothing.
        var expected = stratify == "region" ? 21 : ((6 * 2 / 8.0) + (3 * 5 / 12.0)) / ((0 * 0 / 8.0) + (1 * 3 / 12.0));
        var common = row.GetProperty("stratifiedOddsRatio");
        Assert.Equal(expected, common.GetProperty("value").GetDouble(), 9);
        Assert.InRange(expected, common.GetProperty("low").GetDouble(), common.GetProperty("high").GetDouble());
        Assert.Equal(21, row.GetProperty("oddsRatio").GetProperty("value").GetDouble(), 9);
    }

    [Fact]
    public async Task An_analyst_sees_neither_small_counts_nor_what_follows_from_them()
    {
        var answer = (await service.Contrast(Role.Analyst, FailedAgainstSuccessful)).Must(200);

        var hidden = Row(answer, "N-TRUST");
        Assert.True(hidden.GetProperty("suppressed").GetBoolean());
        Assert.Equal("""{"noted":null,"of":10}""", hidden.GetProperty("group").GetRawText());
        Assert.All(["riskDifference", "oddsRatio", "exactOddsRatio", "pValue", "qValue"], name => Assert.Equal(JsonValueKind.Null, hidden.GetProperty(name).ValueKind));
        Assert.Equal(2, answer["tests"].GetInt32());
        Assert.Equal(4.0 / 184756, Row(answer, "S-COMM").GetProperty("qValue").GetDouble(), 12);

        var strata = Row((await service.Contrast(Role.Analyst, $"{FailedAgainstSuccessful}&stratify=sector")).Must(200), "S-COMM");
        Assert.False(strata.TryGetProperty("stratifiedOddsRatio", out _));
        Assert.Contains("too small", strata.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_past_and_the_present_are_counted_alike()
    {
        var present = (await service.Contrast(Role.Leader, $"{FailedAgainstSuccessful}&stratify=sector")).Must(200);
        var ranges = (await service.Contrast(Role.Leader, $"{FailedAgainstSuccessful}&stratify=sector&from=2000")).Must(200);

        Assert.Equal(present["rows"].GetRawText(), ranges["rows"].GetRawText());
    }

    [Fact]
    public async Task Rows_come_as_csv_under_the_same_rules()
    {
        var rows = (await service.Contrast(Role.Analyst, $"{FailedAgainstSuccessful}&factor=N-TRUST", ("Accept", "text/csv"))).Must(200);

        Assert.Equal(
            "factor,polarity,topic,groupNoted,groupOf,versusNoted,versusOf,riskDifference,riskDifferenceLow,riskDifferenceHigh,oddsRatio,oddsRatioLow,oddsRatioHigh,"
            + "exactOddsRatio,exactOddsRatioLow,exactOddsRatioHigh,pValue,qValue,suppressed,reason\r\n"
            + "N-TRUST,negative,TRUST,,10,,10,,,,,,,,,,,,true,\"The counts are too small to be shown, and what follows from them would give them away.\"\r\n",
            rows.Text);
    }

    [Fact]
    public async Task What_is_below_zero_is_a_number_in_csv_too()
    {
        var row = (await service.Contrast(Role.Leader, FailedAgainstSuccessful)).Must(200)["rows"].EnumerateArray().First(each => each.GetProperty("riskDifference").GetProperty("value").GetDouble() < 0);

        var csv = (await service.Contrast(Role.Leader, FailedAgainstSuccessful, ("Accept", "text/csv"))).Must(200).Text;

        Assert.Contains($",{row.GetProperty("riskDifference").GetProperty("value").GetRawText()},", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("'", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("versus=successful", "group")]
    [InlineData("group=failed", "versus")]
    [InlineData("group=failed&group=ended&versus=ended", "versus")]
    [InlineData("group=failed&versus=successful&state=failed", "state")]
    [InlineData("group=failed&versus=successful&stratify=state", "stratify")]
    [InlineData("group=broken&versus=successful", "group")]
    [InlineData("group=failed&versus=successful&by=sector", "by")]
    public async Task A_contrast_that_makes_no_sense_is_refused(string question, string where) =>
        await (await service.Contrast(Role.Leader, question)).MustRefuse(where);

    private static JsonElement Row(Answer answer, string factor) =>
        Assert.Single(answer["rows"].EnumerateArray(), row => row.GetProperty("factor").GetString() == factor);

    private static void Is(double value, double low, double high, JsonElement estimate, int digits)
    {
        Assert.Equal(value, estimate.GetProperty("value").GetDouble(), digits);
        Assert.Equal(low, estimate.GetProperty("low").GetDouble(), digits);
        Assert.Equal(high, estimate.GetProperty("high").GetDouble(), digits);
    }
}
