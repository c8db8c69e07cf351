using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Factors;

/// <summary>The catalogue of factors: read by most, written by analysts, and what a code meant when it was used stays.</summary>
public sealed class CatalogueTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient analyst = service.As(Role.Analyst);
    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task It_begins_with_the_starter_catalogue()
    {
        var synthesis = (await leader.Get("/api/factors")).Must(200)["items"].EnumerateArray().Where(item => item.GetProperty("source").GetString() == "synthesis").ToArray();
        Assert.True(synthesis.Length >= 47);
        var trust = (await leader.Get("/api/factors/S-TRUST")).Must(200);
        Assert.Equal(["code", "topic", "polarity", "label", "definition", "source", "mitigations"], trust.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("TRUST", "success"), (trust["topic"].GetString(), trust["polarity"].GetString()));
    }

    [Fact]
    public async Task Topic_and_polarity_choose()
    {
        Assert.Equal(["N-FUND", "S-FUND"], (await leader.Get("/api/factors?topic=FUND")).Each("items", "code"));
        Assert.Equal(["N-FIT", "N-FUND"], (await leader.Get("/api/factors?topic=FUND&topic=FIT&polarity=negative")).Each("items", "code"));
        Assert.Empty((await leader.Get("/api/factors?topic=fund")).Each("items", "code"));
        await (await leader.Get("/api/factors?polarity=positive")).MustRefuse("polarity");
        await (await leader.Get("/api/factors?label=x")).MustRefuse("label");
    }

    [Fact]
    public async Task A_factor_is_defined_once_and_revised_as_a_whole()
    {
        const string definition = """{"code":"N-RAIN","topic":"RAIN","polarity":"negative","label":"Rain","definition":"Water","source":"me","mitigations":["Umbrella"]}""";
        var defined = (await analyst.Post("/api/factors", definition)).Must(201);
        Assert.Equal(["code", "version", "position"], defined.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("/api/factors/N-RAIN", defined.Header("Location"));
        Assert.Equal($"\"{defined.Version}\"", defined.Header("ETag"));
        Assert.Equal("""{"code":"N-RAIN","topic":"RAIN","polarity":"negative","label":"Rain","definition":"Water","source":"me","mitigations":["Umbrella"]}""",
            (await leader.Get(defined.Header("Location")!)).Must(200).Text);
        await (await analyst.Post("/api/factors", definition)).MustBe("already-exists", 409);

        var revised = (await analyst.Put("/api/factors/N-RAIN", """{"topic":"WEATHER","polarity":"success","label":"Drizzle"}""", ("If-Match", defined.Header("ETag")!))).Must(200);
        Assert.Equal(defined.Version + 1, revised.Version);
        Assert.Equal("""{"code":"N-RAIN","topic":"WEATHER","polarity":"success","label":"Drizzle","definition":null,"source":null,"mitigations":[]}""",
            (await leader.Get("/api/factors/N-RAIN")).Text);
        await (await analyst.Put("/api/factors/N-NONE", """{"topic":"T","polarity":"success","label":"L"}""")).MustBe("not-found", 404);
        await (await leader.Get("/api/factors/N-NONE")).MustBe("not-found", 404);
    }

    [Theory]
    [InlineData("""{"code":"N X","topic":"","polarity":"bad","label":"L"}""", "/code", "/topic", "/polarity")]
    [InlineData("""{"code":"N X","topic":"","polarity":"success","label":" "}""", "/code", "/topic", "/label")]
    [InlineData("""{"code":"-X","topic":"T/T","polarity":"success","label":"L","definition":"","source":" ","mitigations":["",null]}""", "/code", "/topic", "/definition", "/source", "/mitigations/0", "/mitigations/1")]
    [InlineData("""{"code":"é","topic":"T","polarity":"success","label":"L","definition":"","source":" ","mitigations":[""]}""", "/code", "/definition", "/source", "/mitigations/0")]
    [InlineData("""{"topic":"T","polarity":"success","label":"L"}""", "/code")]
    public async Task What_is_wrong_is_told_at_its_pointer(string body, params string[] pointers) => await (await analyst.Post("/api/factors", body)).MustRefuse(pointers);

    [Fact]
    public async Task Every_code_that_can_be_defined_can_be_read()
    {
        foreach (var code in new[] { "a", "0", "A.b_c-d", "x..", new string('Z', 64) })
        {
            var defined = (await analyst.Post("/api/factors", $$"""{"code":"{{code}}","topic":"T","polarity":"success","label":"L"}""")).Must(201);
            Assert.Equal(code, (await leader.Get(defined.Header("Location")!)).Must(200)["code"].GetString());
        }
    }

    [Fact]
    public async Task A_note_keeps_what_the_catalogue_said_when_it_was_made()
    {
        (await analyst.Post("/api/factors", """{"code":"N-THEN","topic":"THEN","polarity":"negative","label":"L"}""")).Must(201);
        var path = await leader.Open();
        (await leader.Post($"{path}/factors", """{"factor":"N-THEN","occurredOn":"2020"}""")).Must(200);
        (await leader.Post($"{path}/factors", """{"factor":"N-THEN","occurredOn":"2019-12-31"}""")).Must(200);
        (await analyst.Put("/api/factors/N-THEN", """{"topic":"NOW","polarity":"success","label":"L"}""")).Must(200);
        (await leader.Post($"{path}/factors", """{"factor":"N-THEN","occurredOn":"2021"}""")).Must(200);
        Assert.Equal(
            """[{"factor":"N-THEN","polarity":"negative","topic":"THEN","timesNoted":2,"firstOccurredOn":"2019-12-31"},{"factor":"N-THEN","polarity":"success","topic":"NOW","timesNoted":1,"firstOccurredOn":"2021"}]""",
            (await leader.Get(path))["factors"].GetRawText());
    }

    [Fact]
    public async Task A_factor_defined_on_one_node_can_be_noted_at_once_on_another()
    {
        await using var node = service.AnotherNode();
        var (there, path) = (node.As(Role.Leader), await leader.Open());
        for (var i = 0; i < 5; i++)
        {
            await (await there.Post($"{path}/factors", $$"""{"factor":"N-NODE{{i}}"}""")).MustRefuse("/factor");
            (await analyst.Post("/api/factors", $$"""{"code":"N-NODE{{i}}","topic":"T{{i}}","polarity":"negative","label":"L"}""")).Must(201);
            (await there.Post($"{path}/factors", $$"""{"factor":"N-NODE{{i}}"}""")).Must(200);
            (await analyst.Put($"/api/factors/N-NODE{i}", """{"topic":"NEW","polarity":"negative","label":"L"}""")).Must(200);
            (await there.Post($"{path}/factors", $$"""{"factor":"N-NODE{{i}}"}""")).Must(200);
            Assert.Equal(["NEW", $"T{i}"], (await leader.Get(path))["factors"].EnumerateArray()
                .Where(factor => factor.GetProperty("factor").GetString() == $"N-NODE{i}").Select(factor => factor.GetProperty("topic").GetString()).Order(StringComparer.Ordinal));
        }
    }
}
