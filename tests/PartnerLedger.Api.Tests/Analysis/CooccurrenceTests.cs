using System.Text.Json;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class CooccurrenceTests(TwentyPartnerships service) : IClassFixture<TwentyPartnerships>
{
    [Theory]
    [InlineData("cooccurrence?regionOf=partnership")]
    [InlineData("cooccurrence?from=2000")]
    [InlineData("cooccurrence?factor=S-COMM")]
    public async Task Two_factors_that_met_tell_how_they_go_together(string question)
    {
        var answer = (await service.Ask(Role.Leader, question)).Must(200);

        // Trust was noted of 12, communication of 10, both of 3 and neither of 1.
        Assert.Equal(1, answer["tests"].GetInt32());
        var row = Assert.Single(answer["rows"].EnumerateArray());
        Assert.Equal(("N-TRUST", "S-COMM"), (row.GetProperty("first").GetString(), row.GetProperty("second").GetString()));
        Assert.Equal((3, 12, 10, 20), (Count(row, "both"), Count(row, "firstNoted"), Count(row, "secondNoted"), Count(row, "of")));
        Assert.Equal(3 / 20.0, row.GetProperty("support").GetDouble(), 12);
        Assert.Equal(3 / 19.0, row.GetProperty("jaccard").GetDouble(), 12);
        Assert.Equal(3 * 20 / 120.0, row.GetProperty("lift").GetDouble(), 12);
        Assert.Equal(((3 * 1) - (9 * 7)) / Math.Sqrt(12 * 8 * 10 * 10), row.GetProperty("phi").GetDouble(), 12);
        Assert.Equal(3 * 1 / (9.0 * 7), row.GetProperty("oddsRatio").GetProperty("value").GetDouble(), 12);
        Assert.Equal(2490.0 / 125970, row.GetProperty("pValue").GetDouble(), 12);
        Assert.Equal(row.GetProperty("pValue").GetDouble(), row.GetProperty("qValue").GetDouble());
    }

    [Fact]
    public async Task Only_the_partnerships_asked_for_count()
    {
        var row = (await service.Ask(Role.Leader, "cooccurrence?state=successful")).Must(200)["rows"][0];

        Assert.Equal((3, 3, 10, 10), (Count(row, "both"), Count(row, "firstNoted"), Count(row, "secondNoted"), Count(row, "of")));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("phi").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, row.GetProperty("reason").ValueKind);
        Assert.Empty((await service.Ask(Role.Leader, "cooccurrence?state=failed")).Must(200)["rows"].EnumerateArray());
        Assert.Empty((await service.Ask(Role.Leader, "cooccurrence?topic=FUND")).Must(200)["rows"].EnumerateArray());
    }

    [Fact]
    public async Task An_analyst_sees_that_they_met_and_no_small_count()
    {
        var row = (await service.Ask(Role.Analyst, "cooccurrence?factor=N-TRUST")).Must(200)["rows"][0];
        Assert.True(row.GetProperty("suppressed").GetBoolean());
        Assert.All(["both", "firstNoted", "secondNoted", "support", "jaccard", "lift", "phi", "oddsRatio", "pValue", "qValue"],
            name => Assert.Equal(JsonValueKind.Null, row.GetProperty(name).ValueKind));

        var csv = (await service.Ask(Role.Analyst, "cooccurrence?factor=N-TRUST", ("Accept", "text/csv"))).Must(200);
        Assert.Contains("\r\nN-TRUST,S-COMM,,,,20,,,,,,,,,,true,", csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_analyst_who_asks_for_a_factor_is_told_its_rows_as_among_all_and_why_there_are_none()
    {
        var all = (await service.Ask(Role.Analyst, "cooccurrence?regionOf=partnership")).Must(200);
        var some = (await service.Ask(Role.Analyst, "cooccurrence?factor=N-TRUST")).Must(200);
        Assert.Equal(all["rows"].GetRawText(), some["rows"].GetRawText());
        Assert.StartsWith("qValue: rows that are hidden count with p = 1", some["reason"].GetString(), StringComparison.Ordinal);

        Assert.StartsWith("Either nothing was noted", (await service.Ask(Role.Analyst, "cooccurrence?state=failed")).Must(200)["reason"].GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await service.Ask(Role.Leader, "cooccurrence?state=failed")).Must(200)["reason"].ValueKind);
    }

    [Theory]
    [InlineData(4, 9, true)]
    [InlineData(9, 4, true)]
    [InlineData(5, 5, false)]
    [InlineData(0, 0, false)]
    public void What_few_people_told_is_hidden_however_many_partnerships_it_is_of(long firstInformants, long secondInformants, bool isHidden)
    {
        var pair = new CountedPair("N-DATA", "N-FUND", 10, 20, 30, 100) { FirstInformants = firstInformants, SecondInformants = secondInformants };
        Assert.Equal(isHidden, new ShownPairs([pair], [], 5).Hides(pair));
    }

    private static long Count(JsonElement row, string name) => row.GetProperty(name).GetInt64();
}
