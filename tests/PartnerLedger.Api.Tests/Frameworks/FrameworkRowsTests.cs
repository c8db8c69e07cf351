using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Analysis;

namespace PartnerLedger.Api.Tests.Frameworks;

/// <summary>A framework chooses the rows of every analysis, and never the partnerships.</summary>
public sealed class FrameworkRowsTests(TwentyPartnerships service) : IClassFixture<TwentyPartnerships>
{
    [Theory]
    [InlineData("factors?by=state")]
    [InlineData("factors?by=topic&by=sector")]
    [InlineData("contrast?group=failed&versus=successful&stratify=sector")]
    [InlineData("cooccurrence?regionOf=partnership")]
    [InlineData("complementarity?group=failed&group=successful")]
    [InlineData("trend?regionOf=partnership")]
    [InlineData("factors?from=2000&regionOf=informant")]
    public async Task Rows_are_those_of_the_frameworks_factors(string question)
    {
        var (trust, comm) = (await Define("N-TRUST", "N-FUND"), await Define("S-COMM", "S-TRUST"));
        foreach (var (frameworks, factors) in new[]
        {
            ($"framework={trust}", "factor=N-TRUST&factor=N-FUND"),
            ($"framework={comm}", "factor=S-COMM&factor=S-TRUST"),
            ($"framework={trust}&framework={comm}", "factor=N-TRUST&factor=N-FUND&factor=S-COMM&factor=S-TRUST"),
            ($"framework={trust}&framework={trust}&factor=N-TRUST", "factor=N-TRUST"),
            ($"framework={trust}&factor=S-COMM", "framework=" + await Define("N-REGUL")),
        })
        {
            var byFramework = (await service.Ask(Role.Leader, $"{question}&{frameworks}")).Must(200);
            var byFactor = (await service.Ask(Role.Leader, $"{question}&{factors}")).Must(200);
            Assert.Equal(Rows(byFactor), Rows(byFramework));
        }

        var rows = (await service.Ask(Role.Leader, $"{question}&framework={trust}&framework={comm}")).Must(200)["rows"];
        Assert.NotEqual(0, rows.GetArrayLength());
    }

    [Fact]
    public async Task Without_a_landmark_a_framework_cannot_tell_lives_apart() =>
        await (await service.Ask(Role.Leader, $"incidence?framework={await Define("N-TRUST")}")).MustRefuse("landmark");

    [Fact]
    public async Task The_tests_made_at_once_are_those_of_the_rows()
    {
        var trust = await Define("N-TRUST");
        var answer = (await service.Contrast(Role.Leader, $"group=failed&versus=successful&framework={trust}")).Must(200);

        Assert.Equal(1, answer["tests"].GetInt32());
        var row = Assert.Single(answer["rows"].EnumerateArray());
        Assert.Equal(row.GetProperty("pValue").GetDouble(), row.GetProperty("qValue").GetDouble());
        Assert.Equal("""{"noted":9,"of":10}""", row.GetProperty("group").GetRawText());
    }

    [Fact]
    public async Task As_of_a_moment_it_is_the_framework_that_stood_then()
    {
        var code = await Define("N-TRUST");
        var then = (await service.As(Role.Leader).Get($"/api/frameworks/{code}")).Must(200)["lastRecordedAt"].GetString();
        var before = (await service.As(Role.Leader).Get($"/api/frameworks/{await Define("N-TRUST")}")).Must(200)["lastRecordedAt"].GetString();
        var late = await Define("N-TRUST");
        Assert.Equal(["N-TRUST"], (await service.Ask(Role.Leader, $"factors?framework={code}")).Each("rows", "factor"));
        (await service.As(Role.Analyst).Put($"/api/frameworks/{code}", """{"name":"N","source":"S","factors":[{"factor":"S-COMM"}]}""")).Must(200);

        Assert.Equal(["S-COMM"], (await service.Ask(Role.Leader, $"factors?framework={code}")).Must(200).Each("rows", "factor"));
        Assert.Equal(["N-TRUST"], (await service.Ask(Role.Leader, $"factors?framework={code}&asOf={then}")).Must(200).Each("rows", "factor"));
        await (await service.Ask(Role.Leader, $"factors?framework={late}&asOf={before}")).MustRefuse("framework");
    }

    [Fact]
    public async Task A_framework_that_is_unknown_or_not_for_this_question_is_refused()
    {
        await (await service.Ask(Role.Analyst, "factors?framework=nobody")).MustRefuse("framework");
        await (await service.Ask(Role.Analyst, "factors?framework=nobody&factor=N-NONE&asOf=2999-01-01T00:00:00Z")).MustRefuse("framework", "factor", "asOf");
        await (await service.Ask(Role.Analyst, "summary?framework=nobody")).MustRefuse("framework");
    }

    private async Task<string> Define(params string[] factors)
    {
        var code = $"f{Guid.NewGuid():n}";
        var listed = string.Join(',', factors.Select(factor => $$"""{"factor":"{{factor}}"}"""));
        (await service.As(Role.Analyst).Post("/api/frameworks", $$"""{"code":"{{code}}","name":"N","source":"S","factors":[{{listed}}]}""")).Must(201);
        return code;
    }

    private static string Rows(Answer answer) => answer["rows"].GetRawText();
}
