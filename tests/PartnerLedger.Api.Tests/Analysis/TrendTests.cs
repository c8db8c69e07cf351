using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class TrendTests(TwentyPartnerships service) : IClassFixture<TwentyPartnerships>
{
    [Fact]
    public async Task A_factor_tells_its_share_by_the_year_in_which_partnerships_began_and_whether_it_rises()
    {
        var answer = (await service.Ask(Role.Leader, "trend?regionOf=partnership")).Must(200);

        Assert.Equal(2, answer["tests"].GetInt32());
        Assert.Equal(["N-TRUST", "S-COMM"], answer.Each("rows", "factor"));
        var comm = answer["rows"][1];
        Assert.Equal(
            [(2020, 2, 5), (2021, 2, 5), (2022, 3, 5), (2023, 3, 5)],
            comm.GetProperty("years").EnumerateArray().Select(year => (Count(year, "year"), Count(year, "noted"), Count(year, "of"))));

        // Half of all, so 5 · (2.25 + .25 + .25 + 2.25) · 1/4 is the variance of −1.5 · −.5 − .5 · −.5 + .5 · .5 + 1.5 · .5.
        Assert.Equal(.64, comm.GetProperty("chiSquare").GetDouble(), 12);
        Assert.Equal(2 / 25.0, comm.GetProperty("slope").GetDouble(), 12);
        Assert.Equal(.42371, comm.GetProperty("pValue").GetDouble(), 5);

        // Three of five, each year.
        var trust = answer["rows"][0];
        Assert.Equal((0, 1), (trust.GetProperty("slope").GetDouble(), trust.GetProperty("pValue").GetDouble()));
        Assert.Equal(2 * comm.GetProperty("pValue").GetDouble(), comm.GetProperty("qValue").GetDouble(), 12);
    }

    [Fact]
    public async Task Where_all_years_are_alike_there_is_no_trend()
    {
        var row = Assert.Single((await service.Ask(Role.Leader, "trend?state=successful&factor=S-COMM")).Must(200)["rows"].EnumerateArray());

        Assert.Equal(JsonValueKind.Null, row.GetProperty("pValue").ValueKind);
        Assert.Equal("All began in one year, or all years are alike.", row.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_analyst_sees_neither_small_years_nor_what_follows_from_them()
    {
        var row = Assert.Single((await service.Ask(Role.Analyst, "trend?factor=N-TRUST")).Must(200)["rows"].EnumerateArray());
        Assert.Equal("""{"year":2020,"noted":null,"of":5,"share":null,"low":null,"high":null}""", row.GetProperty("years")[0].GetRawText());
        Assert.All(["slope", "chiSquare", "pValue", "qValue"], name => Assert.Equal(JsonValueKind.Null, row.GetProperty(name).ValueKind));

        var csv = (await service.Ask(Role.Analyst, "trend?factor=N-TRUST", ("Accept", "text/csv"))).Must(200);
        Assert.Contains("\r\nN-TRUST,negative,TRUST,2020,,5,,,,,,,,true,", csv.Text, StringComparison.Ordinal);
    }

    private static long Count(JsonElement year, string name) => year.GetProperty(name).GetInt64();
}
