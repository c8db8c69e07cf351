using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>If-Match on commands, If-None-Match on reads.</summary>
public sealed class PreconditionTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);

    [Theory]
    [InlineData("\"2\"", true)]
    [InlineData("*", true)]
    [InlineData("\"1\", \"2\"", true)]
    [InlineData("W/\"1\" ,\"x\", \"2\"", true)]
    [InlineData("\"1\"", false)]
    [InlineData("\"3\"", false)]
    [InlineData("\"02\"", false)]
    [InlineData("W/\"2\"", false)]
    [InlineData("\"\"", false)]
    public async Task A_command_is_taken_at_the_version_it_was_decided_on(string match, bool isCurrent)
    {
        var path = await leader.OpenAndMove("proposed", "active");
        var answer = await leader.Post($"{path}/name", """{"name":"B"}""", ("If-Match", match));
        if (isCurrent)
        {
            Assert.Equal("\"3\"", answer.Must(200).Header("ETag"));
        }
        else
        {
            Assert.Equal(2, (await answer.MustBe("precondition-failed", 412)).GetProperty("version").GetInt64());
            Assert.Equal(2, (await leader.Get(path)).Version);
        }
    }

    [Theory]
    [InlineData("2")]
    [InlineData("'2'")]
    [InlineData("\"2")]
    [InlineData("\"2\" \"3\"")]
    [InlineData("*, \"2\"")]
    public async Task A_malformed_precondition_is_refused(string match)
    {
        var path = await leader.OpenAndMove("proposed", "active");
        await (await leader.Post($"{path}/name", """{"name":"B"}""", ("If-Match", match))).MustRefuse("If-Match");
    }

    [Fact]
    public async Task Of_many_who_decided_on_one_version_one_wins()
    {
        var path = await leader.Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => leader.Post($"{path}/name", $$"""{"name":"{{i}}"}""", ("If-Match", "\"1\""))));
        Assert.Equal(19, answers.Count(answer => answer.Status == 412));
        Assert.Equal(2, Assert.Single(answers, answer => answer.Status == 200).Version);
    }

    [Theory]
    [InlineData("\"2\"", true)]
    [InlineData("W/\"2\"", true)]
    [InlineData("\"1\", \"2\"", true)]
    [InlineData("*", true)]
    [InlineData("\"1\"", false)]
    [InlineData("nonsense", false)]
    public async Task A_partnership_that_the_client_has_is_not_sent_again(string known, bool isCurrent)
    {
        var path = await leader.OpenAndMove("proposed", "active");
        var answer = (await leader.Get(path, ("If-None-Match", known))).Must(isCurrent ? 304 : 200);
        Assert.Equal("\"2\"", answer.Header("ETag"));
        Assert.Equal(isCurrent, answer.Text.Length == 0);
    }

    [Fact]
    public async Task A_factor_that_the_client_has_is_not_sent_again()
    {
        var tag = (await leader.Get("/api/factors/N-TRUST")).Must(200).Header("ETag")!;
        (await leader.Get("/api/factors/N-TRUST", ("If-None-Match", tag))).Must(304);
        (await leader.Get("/api/factors/N-TRUST", ("If-None-Match", "\"1\""))).Must(200);
    }

    [Fact]
    public async Task The_past_carries_no_tag_that_a_command_could_be_decided_on()
    {
        var path = await leader.OpenAndMove("proposed", "active");
        Assert.Null((await leader.Get($"{path}?version=2", ("If-None-Match", "\"2\""))).Must(200).Header("ETag"));
    }
}
