using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class BriefTests(PlannedPartnership service) : IClassFixture<PlannedPartnership>
{
    private const string Shape = "sector=government&sector=nonprofit&region=eu-plus&region=africa";

    [Fact]
    public async Task A_factor_tells_of_whom_it_was_noted_who_recovered_and_what_helps()
    {
        var answer = (await service.Ask(Role.Leader, Shape)).Must(200);

        Assert.Equal("nonprofit+government", answer["sectors"].GetString());
        Assert.Equal((25, 8, 5, 12), (Number(answer.Json, "partnerships"), Number(answer.Json, "troubled"), Number(answer.Json, "potential"), Number(answer.Json, "successful")));
        var row = Assert.Single(answer["rows"].EnumerateArray());
        Assert.Equal(("N-FUND", "FUND"), (row.GetProperty("factor").GetString(), row.GetProperty("topic").GetString()));
        Assert.Equal((8, 8), Noted(row, "troubled"));
        Assert.Equal((5, 5), Noted(row, "potential"));
        Assert.Equal((6, 12), Noted(row, "successful"));

        // Six struggled with it and succeeded, but of one of them it was noted only later.
        Assert.Equal((5, 19), Noted(row, "recovered"));
        Assert.Equal(.5, row.GetProperty("riskDifference").GetProperty("value").GetDouble(), 12);

        // All tables of these margins that are no likelier: 924, 28 and 672 of 38760. N-TRUST is tested, too, though not noted here.
        Assert.Equal(1624.0 / 38760, row.GetProperty("pValue").GetDouble(), 12);
        Assert.Equal(2, answer["tests"].GetInt32());
        Assert.Equal(2 * 1624.0 / 38760, row.GetProperty("qValue").GetDouble(), 12);
        var help = Assert.Single(row.GetProperty("buildOn").EnumerateArray());
        Assert.Equal(("S-FUND", (9, 12)), (help.GetProperty("factor").GetString(), Noted(help, "successful")));
        Assert.Equal(["Ask early."], row.GetProperty("mitigations").EnumerateArray().Select(text => text.GetString()));
    }

    [Fact]
    public async Task Sentences_say_what_the_numbers_do_and_that_it_is_little()
    {
        var answer = (await service.Ask(Role.Analyst, Shape)).Must(200);

        Assert.Equal(
            [
                "Of partnerships of this shape 8 struggle or failed, 5 never formed, and 12 succeeded.",
                "That is little evidence: a share may well be off by twenty points or more, and a difference that is not shown may still be there.",
                "“Funding lacking or lost” (N-FUND) was noted of 8 of 8 (100 %, interval 68 to 100 %) that struggle or failed.",
                "That “Funding lacking or lost” tells these from successful ones is not shown (q = 0.084).",
                "Of 19 partnerships with “Funding lacking or lost” noted, 5 came out of trouble afterwards.",
                "“Funding lacking or lost” (N-FUND) was noted of 5 of 5 (100 %, interval 57 to 100 %) that never formed.",
            ],
            answer["sentences"].EnumerateArray().Select(sentence => sentence.GetString()));
        Assert.Contains("2 factors were tested at once, which the q-values take into account.", answer["caveats"].EnumerateArray().Select(caveat => caveat.GetString()));
        Assert.Contains("These are associations, not causes.", answer["caveats"].EnumerateArray().Select(caveat => caveat.GetString()));
    }

    [Fact]
    public async Task An_analyst_reads_no_small_number_and_none_in_a_sentence()
    {
        // Three failed, of two of which insufficient trust was noted, and one is active.
        var counts = (await service.Ask(Role.Leader, "sector=government")).Must(200);
        Assert.Equal((4, 3), (Number(counts.Json, "partnerships"), Number(counts.Json, "troubled")));
        Assert.Equal((2, 3), Noted(counts["rows"][0], "troubled"));

        var shown = (await service.Ask(Role.Analyst, "sector=government")).Must(200);
        Assert.All(["partnerships", "troubled"], name => Assert.Equal(JsonValueKind.Null, shown[name].ValueKind));
        Assert.DoesNotMatch("[1-9]", string.Concat(shown["sentences"].EnumerateArray().Select(sentence => sentence.GetString())));
        Assert.Contains("too little evidence", shown["sentences"][1].GetString(), StringComparison.Ordinal);

        // What was noted of none stands among what is hidden: order does not tell them apart, and neither do the rows that are there.
        Assert.Equal(["N-FUND", "N-TRUST"], shown.Each("rows", "factor"));
        Assert.All(shown["rows"].EnumerateArray(), row => Assert.Equal(
            """{"noted":null,"of":null,"share":null,"low":null,"high":null}""", row.GetProperty("troubled").GetRawText()));
    }

    [Fact]
    public async Task Without_evidence_the_brief_says_so()
    {
        var answer = (await service.Ask(Role.Leader, "sector=industry")).Must(200);

        Assert.Empty(answer["rows"].EnumerateArray());
        Assert.Equal(
            [
                "Of partnerships of this shape none struggle or failed, none never formed, and none succeeded.",
                "That is no evidence of what tells success from failure: there is nothing to compare.",
                "No negative factor was noted of those in trouble, or of those that never formed.",
            ],
            answer["sentences"].EnumerateArray().Select(sentence => sentence.GetString()));
    }

    [Fact]
    public async Task The_rows_come_as_csv()
    {
        var csv = (await service.Ask(Role.Analyst, Shape, ("Accept", "text/csv"))).Must(200).Text.Split("\r\n");

        Assert.StartsWith("factor,label,topic,troubledNoted,troubledOf,troubledShare,troubledLow,troubledHigh,potentialNoted,", csv[0], StringComparison.Ordinal);
        Assert.StartsWith("N-FUND,Funding lacking or lost,FUND,8,8,1,0.67", csv[1], StringComparison.Ordinal);
        Assert.EndsWith(",Ask early.,S-FUND,false,", csv[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state=failed", "state")]
    [InlineData("polarity=negative", "polarity")]
    [InlineData("sector=church", "sector")]
    [InlineData("region=atlantis", "region")]
    [InlineData("by=sector", "by")]
    public async Task A_question_that_makes_no_sense_is_refused(string question, string where) =>
        await (await service.Ask(Role.Leader, question)).MustRefuse(where);

    private static long Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt64();

    private static (long Noted, long Of) Noted(JsonElement row, string of) => (Number(row.GetProperty(of), "noted"), Number(row.GetProperty(of), "of"));
}
