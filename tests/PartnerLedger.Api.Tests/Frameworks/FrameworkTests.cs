using PartnerLedger.Api.Frameworks;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Frameworks;

/// <summary>Frameworks: sets of factors that analysts name, with all they ever said.</summary>
public sealed class FrameworkTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient analyst = service.As(Role.Analyst);
    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task A_framework_is_defined_once_and_read_back_as_it_was_said()
    {
        var body = Body("wilder", """[{"factor":"S-TRUST","weight":3,"note":"First of all"},{"factor":"N-TRUST"}]""",
            """[{"term":"Respect","factor":"S-TRUST"},{"term":"Respect","factor":"N-TRUST"},{"term":"Reliance","factor":"S-TRUST"}]""");
        var defined = (await analyst.Post("/api/frameworks", body)).Must(201);
        Assert.Equal(["code", "version", "position"], defined.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("wilder", 1, "/api/frameworks/wilder", "\"1\""), (defined["code"].GetString(), defined.Version, defined.Header("Location"), defined.Header("ETag")));

        var read = (await leader.Get("/api/frameworks/wilder")).Must(200);
        Assert.Equal(
            ["id", "code", "name", "source", "factors", "crosswalk", "version", "position", "lastRecordedAt"], read.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("An inventory", "a reference", 1, defined.Position), (read["name"].GetString(), read["source"].GetString(), read.Version, read.Position));
        Assert.Equal(
            """[{"factor":"S-TRUST","weight":3,"note":"First of all"},{"factor":"N-TRUST","weight":null,"note":null}]""", read["factors"].GetRawText());
        Assert.Equal(
            """[{"term":"Respect","factor":"S-TRUST"},{"term":"Respect","factor":"N-TRUST"},{"term":"Reliance","factor":"S-TRUST"}]""", read["crosswalk"].GetRawText());
        Assert.Equal("\"1\"", read.Header("ETag"));
        (await leader.Get("/api/frameworks/wilder", ("If-None-Match", "\"1\""))).Must(304);
        await (await analyst.Post("/api/frameworks", body)).MustBe("already-exists", 409);
        await (await leader.Get("/api/frameworks/Wilder")).MustBe("not-found", 404);
    }

    [Fact]
    public async Task Each_version_and_each_moment_can_be_read_again_with_its_notes()
    {
        (await analyst.Post("/api/frameworks", Body("moved", """[{"factor":"N-TRUST","note":"then"}]"""))).Must(201);
        var then = (await leader.Get("/api/frameworks/moved")).Must(200);
        (await analyst.Put("/api/frameworks/moved", """{"name":"B","source":"experience","factors":[{"factor":"N-COMM","weight":1000,"note":"now"}]}""")).Must(200);

        var now = (await leader.Get("/api/frameworks/moved")).Must(200);
        Assert.Equal((2, "B", "experience"), (now.Version, now["name"].GetString(), now["source"].GetString()));
        Assert.Equal("""[{"factor":"N-COMM","weight":1000,"note":"now"}]""", now["factors"].GetRawText());
        Assert.Equal(then.Text, (await leader.Get("/api/frameworks/moved?version=1")).Must(200).Text);
        Assert.Equal(then.Text, (await leader.Get($"/api/frameworks/moved?asOf={then["lastRecordedAt"].GetString()}")).Must(200).Text);
        Assert.Null((await leader.Get("/api/frameworks/moved?version=1")).Header("ETag"));
        await (await leader.Get("/api/frameworks/moved?version=3")).MustBe("not-found", 404);
        await (await leader.Get("/api/frameworks/moved?asOf=2001-01-01T00:00:00Z")).MustBe("not-found", 404);
        await (await leader.Get("/api/frameworks/moved?version=1&asOf=2001-01-01T00:00:00Z")).MustRefuse("asOf");
    }

    [Fact]
    public async Task It_is_revised_on_the_version_that_was_read_and_a_retry_records_nothing()
    {
        await (await analyst.Put("/api/frameworks/nothing", Revision)).MustBe("not-found", 404);
        var body = Body("retried", """[{"factor":"N-TRUST","note":"n"}]""");
        var defined = (await analyst.Post("/api/frameworks", body, ("Idempotency-Key", "define-1"))).Must(201);
        var again = (await analyst.Post("/api/frameworks", body, ("Idempotency-Key", "define-1"))).Must(201);
        Assert.Equal((defined.Text, "true", "/api/frameworks/retried"), (again.Text, again.Header("Idempotency-Replayed"), again.Header("Location")));
        await (await analyst.Post("/api/frameworks", Body("retried", """[{"factor":"N-COMM"}]"""), ("Idempotency-Key", "define-1"))).MustBe("idempotency-key-reused", 422);

        var refused = await (await analyst.Put("/api/frameworks/retried", Revision, ("If-Match", "\"2\""))).MustBe("precondition-failed", 412);
        Assert.Equal(1, refused.GetProperty("version").GetInt64());
        Assert.Equal(2, (await analyst.Put("/api/frameworks/retried", Revision, ("If-Match", "\"1\""))).Must(200).Version);
    }

    [Fact]
    public async Task What_was_written_in_a_note_is_not_in_the_event()
    {
        var position = (await analyst.Post("/api/frameworks", Body("secret", """[{"factor":"N-TRUST","weight":7,"note":"Dr Who said so"}]"""))).Must(201).Position;

        var data = (string)(await Sql.Run(service.Database.Owner, "select data::text from mt_events where seq_id = $1", position))!;
        Assert.Matches("""^\{.*"factors": \[\{"note": \{"sha256": "[0-9a-f]{64}"\}, "factor": "N-TRUST", "weight": 7\}\].*\}$""", data);
        Assert.Equal("Dr Who said so", await Sql.Run(service.Database.Owner, "select text from ledger_text where position = $1 and member = '/factors/0/note'", position));
        Assert.Equal("framework", await Sql.Run(service.Database.Owner, "select type from mt_streams where id = $1", FrameworkStream.IdOf("secret")));

        await Sql.Run(service.Database.Owner, "delete from ledger_text where position = $1", position);
        Assert.Equal("""[{"factor":"N-TRUST","weight":7,"note":null}]""", (await leader.Get("/api/frameworks/secret")).Must(200)["factors"].GetRawText());
    }

    [Theory]
    [InlineData("""{"code":"a b","name":" ","source":"","factors":[]}""", "/code", "/name", "/source", "/factors")]
    [InlineData("""{"code":"a","name":"N","factors":[{"weight":1}]}""", "/source", "/factors/0/factor")]
    [InlineData("""{"code":"a","name":"N","source":"S","factors":[{"factor":"N-TRUST","weight":0},{"factor":"N-COMM","weight":1001,"note":" "}]}""", "/factors/0/weight", "/factors/1/weight", "/factors/1/note")]
    [InlineData("""{"code":"a","name":"N","source":"S","factors":[{"factor":"N-TRUST","weight":1.5}]}""", "/factors/0/weight")]
    [InlineData("""{"code":"a","name":"N","source":"S","factors":[{"factor":"N-TRUST"},null]}""", "/factors/1")]
    [InlineData("""{"code":"a","name":"N","source":"S","factors":[{"factor":"N-TRUST"},{"factor":"N-TRUST"}]}""", "/factors/1/factor")]
    [InlineData("""{"code":"a","name":"N","source":"S","factors":[{"factor":"N-TRUST"},{"factor":"N-NONE"},{"factor":"n-trust"}]}""", "/factors/1/factor", "/factors/2/factor")]
    [InlineData("""{"code":"a","name":"N","source":"S","factors":[{"factor":"N-TRUST"}],"crosswalk":[{"term":"","factor":"N-TRUST"},{"term":"T","factor":"S-TRUST"}]}""", "/crosswalk/0/term", "/crosswalk/1/factor")]
    [InlineData("""{"code":"a","name":"N","source":"S","factors":[{"factor":"N-TRUST"}],"crosswalk":[{"term":"T","factor":"N-TRUST"},{"term":"T","factor":"N-TRUST"}]}""", "/crosswalk/1")]
    [InlineData("""{"code":"a","name":"N","source":"S","factors":[{"factor":"N-TRUST"}],"weights":[]}""", "/weights")]
    public async Task What_is_wrong_is_told_at_its_pointer(string body, params string[] pointers) => await (await analyst.Post("/api/frameworks", body)).MustRefuse(pointers);

    [Fact]
    public async Task An_unknown_factor_is_told_before_a_missing_framework() =>
        await (await analyst.Put("/api/frameworks/nowhere", """{"name":"N","source":"S","factors":[{"factor":"N-NONE"}]}""")).MustRefuse("/factors/0/factor");

    [Fact]
    public async Task As_many_factors_and_terms_as_are_allowed_fit_and_what_does_not_fit_an_event_is_refused()
    {
        var codes = Enumerable.Range(0, 200).Select(i => $"N-MANY{i}").ToList();
        foreach (var code in codes)
        {
            (await analyst.Post("/api/factors", $$"""{"code":"{{code}}","topic":"MANY","polarity":"negative","label":"L"}""")).Must(201);
        }

        var factors = $"[{string.Join(',', codes.Select(code => $$"""{"factor":"{{code}}","weight":1000,"note":"n"}"""))}]";
        (await analyst.Post("/api/frameworks", Body("many", factors, Terms("Term")))).Must(201);
        Assert.Equal(200, (await leader.Get("/api/frameworks/many")).Must(200)["factors"].GetArrayLength());
        await (await analyst.Post("/api/frameworks", Body("wide", factors, Terms(new string('t', 190))))).MustRefuse("");

        string Terms(string term) => $"[{string.Join(',', Enumerable.Range(0, 400).Select(i => $$"""{"term":"{{term}}{{i}}","factor":"{{codes[i % codes.Count]}}"}"""))}]";
    }

    [Fact]
    public async Task All_are_listed_by_code_as_they_stand()
    {
        (await analyst.Post("/api/frameworks", Body("z-listed", """[{"factor":"N-TRUST"},{"factor":"N-COMM"}]"""))).Must(201);
        (await analyst.Post("/api/frameworks", Body("A-listed", """[{"factor":"N-TRUST"}]"""))).Must(201);
        (await analyst.Put("/api/frameworks/A-listed", Revision)).Must(200);

        var items = (await leader.Get("/api/frameworks")).Must(200)["items"].EnumerateArray().ToList();
        var codes = items.ConvertAll(item => item.GetProperty("code").GetString());
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.Equal(
            """{"code":"A-listed","name":"B","source":"experience","factors":["S-COMM"],"version":2}""",
            items.Find(item => item.GetProperty("code").GetString() == "A-listed").GetRawText());
        Assert.Equal("""["N-TRUST","N-COMM"]""", items.Find(item => item.GetProperty("code").GetString() == "z-listed").GetProperty("factors").GetRawText());
    }

    [Fact]
    public async Task Of_two_nodes_that_define_one_code_at_once_one_does()
    {
        await using var node = service.AnotherNode();
        var there = node.As(Role.Analyst);
        for (var i = 0; i < 5; i++)
        {
            var body = Body($"both{i}", """[{"factor":"N-TRUST"}]""");
            var answers = await Task.WhenAll(analyst.Post("/api/frameworks", body), there.Post("/api/frameworks", body));
            Assert.Equal([201, 409], answers.Select(answer => answer.Status).Order());
        }
    }

    [Fact]
    public void A_code_is_found_by_the_same_id_for_ever() =>
        Assert.Equal(new Guid("6672616d-96ef-80b6-913e-10daa1a0c26e"), FrameworkStream.IdOf("wilder"));

    private const string Revision = """{"name":"B","source":"experience","factors":[{"factor":"S-COMM"}]}""";

    private static string Body(string code, string factors, string crosswalk = "[]") =>
        $$"""{"code":"{{code}}","name":"An inventory","source":"a reference","factors":{{factors}},"crosswalk":{{crosswalk}}}""";
}
