using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>Every command on a partnership, and what it answers.</summary>
public sealed class CommandTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task A_partnership_is_answered_where_it_is_to_be_found()
    {
        var made = (await leader.Post("/api/partnerships", """{"name":"Care at home"}""")).Must(201);
        Assert.Equal($"/api/partnerships/{made.Id}", made.Header("Location"));
        Assert.Equal("\"1\"", made.Header("ETag"));
        Assert.Equal(["id", "version", "position", "state"], made.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, "proposed"), (made.Version, made.State));
        Assert.Equal(7, made.Id.Version);

        var read = (await leader.Get(made.Header("Location")!)).Must(200);
        Assert.Equal(
            ["id", "name", "purpose", "state", "sectors", "sectorsComplete", "span", "regions", "partners", "factors", "proposedOn", "version", "position", "lastRecordedAt"],
            read.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(made.Position, read.Position);
        Assert.Equal("\"1\"", read.Header("ETag"));
    }

    [Fact]
    public async Task All_that_is_said_at_the_opening_is_kept()
    {
        var path = await leader.Opened("""
            {"name":"Süd–Ost 😀","stage":"unexplored","partners":[{"name":"Red Cross","sector":"nonprofit","country":"NL"},{"sector":"industry"},{"sector":"nonprofit"}],
             "sectorsComplete":false,"regions":["africa","eu-plus"],"purpose":"Fewer\nreadmissions","informant":"i-1","informantRegion":"africa","occurredOn":"2019-07"}
            """);
        var read = await leader.Get(path);
        Assert.Equal("Süd–Ost 😀", read["name"].GetString());
        Assert.Equal("Fewer\nreadmissions", read["purpose"].GetString());
        Assert.Equal("unexplored", read.State);
        Assert.Equal("""["nonprofit","industry"]""", read["sectors"].GetRawText());
        Assert.False(read["sectorsComplete"].GetBoolean());
        Assert.Equal("null", read["span"].GetRawText());
        Assert.Equal("""["africa","eu-plus"]""", read["regions"].GetRawText());
        Assert.Equal("null", read["proposedOn"].GetRawText());
        Assert.Equal(
            """{"version":1,"index":0,"name":"Red Cross","sector":"nonprofit","country":"NL","joinedOn":"2019-07","leftOn":null}""",
            read["partners"][0].GetRawText());
    }

    [Fact]
    public async Task Every_command_answers_the_new_version_position_and_state()
    {
        var path = await leader.Open();
        (string Route, string Body, int Events, string State)[] commands =
        [
            ("active", """{"reason":"A grant","informant":"i-1","informantRegion":"africa","occurredOn":"2021"}""", 1, "active"),
            ("factors", """{"factor":"N-TRUST","note":"No answer"}""", 1, "active"),
            ("factors", """{"factors":["S-LEAD","S-COMM","N-DATA"],"occurredOn":"2021-02-28"}""", 3, "active"),
            ("partners", """{"name":"Acme","sector":"industry","country":"DE","sectorsComplete":true}""", 1, "active"),
            ("partners/7/left", """{"reason":"Sold"}""", 1, "active"),
            ("partners/1/left", """{"partner":1}""", 1, "active"),
            ("name", """{"name":"Care at home, north"}""", 1, "active"),
            ("regions", """{"regions":["africa"]}""", 1, "active"),
            ("struggling", "{}", 1, "struggling"),
            ("corrections", """{"version":12,"reason":"It did not","withdrawn":true}""", 1, "active"),
        ];
        var (version, position, id) = (1L, (await leader.Get(path)).Position, Guid.Parse(path[^36..]));
        foreach (var (route, body, events, state) in commands)
        {
            var answer = (await leader.Post($"{path}/{route}", body)).Must(200);
            version += events;
            Assert.Equal((id, version, state), (answer.Id, answer.Version, answer.State));
            Assert.Equal($"\"{version}\"", answer.Header("ETag"));
            Assert.True(answer.Position >= position + events);
            Assert.Null(answer.Header("Idempotency-Replayed"));
            position = answer.Position;
            Assert.Equal(position, (await leader.Get(path)).Position);
        }
    }

    [Fact]
    public async Task A_command_needs_no_body_where_nothing_is_required()
    {
        var path = await leader.Open();
        Assert.Equal("active", (await leader.Post($"{path}/active")).Must(200).State);
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");
        var events = (await leader.Get($"{path}/history"))["events"];
        Assert.Contains(events[1].GetProperty("occurredOn").GetString(), new[] { today, DateTime.UtcNow.ToString("yyyy-MM-dd") });
    }

    [Fact]
    public async Task Partners_leave_by_version_and_place()
    {
        var path = await leader.Open();
        await (await leader.Post($"{path}/partners/1/left")).MustRefuse("/partner");
        await (await leader.Post($"{path}/partners/1/left", """{"partner":2}""")).MustRefuse("/partner");
        await (await leader.Post($"{path}/partners/1/left", """{"partner":-1}""")).MustRefuse("/partner");
        await (await leader.Post($"{path}/partners/2/left")).MustBe("not-found", 404);
        await (await leader.Post($"{path}/partners/0/left")).MustBe("not-found", 404);
        (await leader.Post($"{path}/partners/1/left", """{"partner":1,"occurredOn":"2022"}""")).Must(200);
        var conflict = await (await leader.Post($"{path}/partners/1/left", """{"partner":1}""")).MustBe("partner-left-already", 409);
        Assert.Equal(2, conflict.GetProperty("conflictsWith").GetInt64());

        var joined = (await leader.Post($"{path}/partners", """{"sector":"industry"}""")).Must(200).Version;
        (await leader.Post($"{path}/partners/{joined}/left")).Must(200);
        var read = await leader.Get(path);
        Assert.Equal(["", "2022"], read.Each("partners", "leftOn").Take(2));
        Assert.Equal("""["nonprofit","industry","government"]""", read["sectors"].GetRawText());
        Assert.Equal(3, read["span"].GetInt32());
    }

    [Fact]
    public async Task Names_and_regions_are_replaced_as_a_whole()
    {
        var path = await leader.Open(more: ""","regions":["africa","eu-plus"]""");
        (await leader.Post($"{path}/name", """{"name":"Another"}""")).Must(200);
        (await leader.Post($"{path}/regions", """{"regions":[]}""")).Must(200);
        var read = await leader.Get(path);
        Assert.Equal(("Another", 0), (read["name"].GetString(), read["regions"].GetArrayLength()));
    }

    [Theory]
    [InlineData("", """{"name":"A","stage":"active"}""", "/stage")]
    [InlineData("", """{"name":"A","occurredOn":"2999"}""", "/occurredOn")]
    [InlineData("", """{"name":"A","occurredOn":"2024-02-30"}""", "/occurredOn")]
    [InlineData("", """{"name":"A","regions":["mars"],"partners":[{"sector":"church","country":"XX"}]}""", "/partners/0/country", "/partners/0/sector", "/regions/0")]
    [InlineData("", """{"name":"A","regions":["africa","africa"],"informant":"","informantRegion":"mars"}""", "/regions/1", "/informant", "/informantRegion")]
    [InlineData("", """{"name":"A","partners":[{"sector":"industry","country":"nl","name":" "}],"purpose":""}""", "/partners/0/country", "/partners/0/name", "/purpose")]
    [InlineData("", """{"name":"A","partners":[null],"regions":[null]}""", "/partners/0", "/regions/0")]
    [InlineData("/factors", """{"factor":"N-TRUST","factors":["N-TRUST"]}""", "/factor")]
    [InlineData("/factors", """{"factors":["N-TRUST","N-TRUST"]}""", "/factors/1")]
    [InlineData("/factors", """{"factors":[]}""", "/factors")]
    [InlineData("/factors", """{"factors":["N-TRUST","N-NONE","n-trust"]}""", "/factors/1", "/factors/2")]
    [InlineData("/factors", """{"factor":"N-NONE"}""", "/factor")]
    [InlineData("/partners", """{"name":"A"}""", "/sector")]
    [InlineData("/name", """{"name":null}""", "/name")]
    [InlineData("/regions", "{}", "/regions")]
    [InlineData("/active", """{"state":"active"}""", "/state")]
    [InlineData("/corrections", """{"version":1,"reason":"x"}""", "/replacement")]
    [InlineData("/corrections", """{"version":1,"reason":"x","withdrawn":true,"replacement":{"name":"B"}}""", "/replacement")]
    [InlineData("/corrections", """{"version":1,"reason":" ","replacement":{"regions":[null]}}""", "/reason", "/replacement/regions/0")]
    [InlineData("/corrections", """{"version":1,"reason":"x","replacement":{"partners":[null,{"sector":5}]}}""", "/replacement/partners/0", "/replacement/partners/1/sector")]
    [InlineData("/corrections", """{"version":"1","replacement":{"colour":1}}""", "/version", "/reason", "/replacement/colour")]
    public async Task What_is_wrong_is_told_at_its_pointer(string route, string body, params string[] pointers)
    {
        var path = await leader.Open();
        await (await leader.Post((route.Length == 0 ? "/api/partnerships" : path) + route, body)).MustRefuse(pointers);
        Assert.Equal(1, (await leader.Get(path)).Version);
    }

    [Fact]
    public async Task Limits_hold_at_their_edge()
    {
        var name = string.Concat(Enumerable.Repeat("😀", 200));
        Assert.Equal(name, (await leader.Get(await leader.Open(name)))["name"].GetString());
        await (await leader.Post("/api/partnerships", $$"""{"name":"{{name}}x"}""")).MustRefuse("/name");

        var partners = string.Join(',', Enumerable.Repeat($$"""{"sector":"industry","country":"NL","name":"{{new string('x', 200)}}"}""", 100));
        var path = await leader.Opened($$"""{"name":"A","partners":[{{partners}}]}""");
        Assert.Equal(100, (await leader.Get(path))["partners"].GetArrayLength());
        await (await leader.Post("/api/partnerships", $$"""{"name":"A","partners":[{{partners}},{"sector":"industry"}]}""")).MustRefuse("/partners");
        await (await leader.Post($"{path}/corrections", """{"version":1,"reason":"x","replacement":{"partners":[""" + partners + """,{"sector":"industry"}]}}""")).MustRefuse("/replacement/partners");

        var reason = new string('é', 4_000);
        (await leader.Post($"{path}/active", $$"""{"reason":"{{reason}}"}""")).Must(200);
        Assert.Equal(reason, (await leader.Get($"{path}/history"))["events"][1].GetProperty("data").GetProperty("reason").GetProperty("text").GetString());
        await (await leader.Post($"{path}/failed", $$"""{"reason":"{{reason}}x","informant":"{{new string('i', 65)}}"}""")).MustRefuse("/reason", "/informant");
        var codes = Enumerable.Range(0, 21).Select(i => $"\"C{i}\"");
        await (await leader.Post($"{path}/factors", $$"""{"factors":[{{string.Join(',', codes)}}]}""")).MustRefuse("/factors");
    }
}
