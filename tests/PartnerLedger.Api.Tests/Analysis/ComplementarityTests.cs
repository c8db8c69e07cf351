using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class ComplementarityTests(TwentyPartnerships service) : IClassFixture<TwentyPartnerships>
{
    private const string Question = "complementarity?group=failed";

    [Fact]
    public async Task Each_topic_tells_what_was_noted_against_the_ones_and_for_the_others()
    {
        var answer = (await service.Ask(Role.Leader, Question)).Must(200);

        Assert.Equal(["COMM", "TRUST"], answer.Each("rows", "topic"));
        var (comm, trust) = (answer["rows"][0], answer["rows"][1]);
        Assert.Equal((0, 10, 10, 10), Counts(comm));
        Assert.Equal((9, 10, 0, 10), Counts(trust));
        Assert.Equal(.9, trust.GetProperty("negative").GetProperty("share").GetDouble());
        Assert.Equal(.9, trust.GetProperty("difference").GetProperty("value").GetDouble(), 12);
        Assert.Equal(-1, comm.GetProperty("difference").GetProperty("value").GetDouble(), 12);

        // No topic is noted on both sides, and the topic that is noted more on one is noted less on the other.
        Assert.Equal(0, answer["overlap"].GetDouble());
        Assert.Equal(-1, answer["rankCorrelation"].GetDouble(), 12);
    }

    [Theory]
    [InlineData("&factor=N-TRUST", "TRUST")]
    [InlineData("&factor=S-COMM", "COMM")]
    public async Task A_factor_chooses_the_topic_that_has_it_and_leaves_its_numbers_as_they_are(string filter, string topic)
    {
        var all = (await service.Ask(Role.Leader, Question)).Must(200)["rows"].EnumerateArray();

        var row = Assert.Single((await service.Ask(Role.Leader, Question + filter)).Must(200)["rows"].EnumerateArray());

        Assert.Equal(all.Single(each => each.GetProperty("topic").GetString() == topic).GetRawText(), row.GetRawText());
    }

    [Fact]
    public async Task What_cannot_be_estimated_of_the_topics_says_why()
    {
        var answer = (await service.Ask(Role.Leader, Question + "&topic=TRUST")).Must(200);

        Assert.Equal(JsonValueKind.Null, answer["rankCorrelation"].ValueKind);
        Assert.Equal("rankCorrelation: takes two topics or more, and shares that differ on both sides.", answer["reason"].GetString());
        Assert.Contains(
            "of the 1 topics alone whose counts are shown",
            (await service.Ask(Role.Analyst, "complementarity?group=successful&versus=failed")).Must(200)["reason"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unless_said_trouble_is_to_struggle_to_fail_or_never_to_form()
    {
        var unsaid = (await service.Ask(Role.Leader, "complementarity?from=2000")).Must(200);
        var said = (await service.Ask(
            Role.Leader, "complementarity?from=2000&group=struggling&group=failed&group=unexplored&group=undeveloped&versus=successful")).Must(200);

        Assert.Equal(said.Text, unsaid.Text);
        Assert.Equal((9, 10, 0, 10), Counts(unsaid["rows"][1]));
    }

    [Fact]
    public async Task Where_a_side_has_no_partnership_there_is_no_difference()
    {
        var row = (await service.Ask(Role.Leader, "complementarity?group=struggling&topic=TRUST")).Must(200)["rows"][0];

        Assert.Equal(JsonValueKind.Null, row.GetProperty("difference").ValueKind);
        Assert.Equal("There is no partnership in group.", row.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_analyst_sees_no_small_counts_and_no_difference_that_gives_them_away()
    {
        // Three of the successful have insufficient trust noted.
        var answer = (await service.Ask(Role.Analyst, "complementarity?group=successful&versus=failed")).Must(200);
        var trust = answer["rows"][1];

        Assert.Equal("""{"noted":null,"of":10,"share":null,"low":null,"high":null}""", trust.GetProperty("negative").GetRawText());
        Assert.Equal((JsonValueKind.Null, true), (trust.GetProperty("difference").ValueKind, trust.GetProperty("suppressed").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, answer["rankCorrelation"].ValueKind);

        var csv = (await service.Ask(Role.Analyst, "complementarity?group=successful&versus=failed&topic=TRUST", ("Accept", "text/csv"))).Must(200);
        Assert.Matches("(?m)^TRUST,,10,,,,0,10,0,0,0\\.2775[0-9]*,,,,true,\"The counts are too small", csv.Text);
    }

    [Theory]
    [InlineData("group=failed&polarity=negative", "polarity")]
    [InlineData("state=failed", "state")]
    [InlineData("topic=NONSENSE", "topic")]
    [InlineData("versus=broken", "versus")]
    public async Task A_question_that_makes_no_sense_is_refused(string question, string where) =>
        await (await service.Ask(Role.Leader, $"complementarity?{question}")).MustRefuse(where);

    private static (long NegativeNoted, long NegativeOf, long SuccessNoted, long SuccessOf) Counts(JsonElement row)
    {
        return (Count("negative", "noted"), Count("negative", "of"), Count("success", "noted"), Count("success", "of"));

        long Count(string side, string count) => row.GetProperty(side).GetProperty(count).GetInt64();
    }
}
