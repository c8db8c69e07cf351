using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>A request repeated under its key is answered as the first time, and recorded once.</summary>
public sealed class IdempotencyTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private const string Body = """{"name":"Care at home","regions":["africa"],"occurredOn":"2020"}""";

    private readonly LedgerClient leader = service.As(Role.Leader);

    [Theory]
    [InlineData(Body)]
    [InlineData(" { \"occurredOn\" : \"2020\", \"regions\" : [ \"africa\" ],\r\n\t\"name\" : \"\\u0043are at home\" } ")]
    public async Task The_same_request_gets_the_same_answer(string again)
    {
        var key = NewKey();
        var first = (await leader.Post("/api/partnerships", Body, key)).Must(201);
        Assert.Null(first.Header("Idempotency-Replayed"));
        var second = (await leader.Post("/api/partnerships", again, key)).Must(201);
        Assert.Equal("true", second.Header("Idempotency-Replayed"));
        Assert.Equal(
            (first.Text, first.Header("Location"), first.Header("ETag")),
            (second.Text, second.Header("Location"), second.Header("ETag")));
        Assert.Equal(1, (await leader.Get(first.Header("Location")!)).Version);
    }

    [Fact]
    public async Task The_first_answer_outlives_the_node_and_is_known_to_others()
    {
        var (opening, move) = (NewKey(), NewKey());
        string first, moved, path;
        await using (var node = service.AnotherNode())
        {
            var client = node.As(Role.Leader);
            var made = (await client.Post("/api/partnerships", Body, opening)).Must(201);
            (first, path) = (made.Text, made.Header("Location")!);
            moved = (await client.Post($"{path}/failed", null, move)).Must(200).Text;
        }

        await using var restarted = service.AnotherNode();
        foreach (var client in new[] { restarted.As(Role.Leader), leader })
        {
            Assert.Equal(first, (await client.Post("/api/partnerships", Body, opening)).Must(201).Text);
            Assert.Equal(moved, (await client.Post($"{path}/failed", null, move)).Must(200).Text);
            await (await client.Post($"{path}/failed")).MustBe("repeated-state", 409);
        }
    }

    [Fact]
    public async Task A_command_that_the_lifecycle_would_now_refuse_is_answered_again()
    {
        var path = await leader.Open();
        var key = NewKey();
        var first = (await leader.Post($"{path}/active", """{"reason":"A grant"}""", key)).Must(200);
        (await leader.Post($"{path}/failed")).Must(200);
        var again = (await leader.Post($"{path}/active", """{"reason":"A grant"}""", key)).Must(200);
        Assert.Equal((first.Text, "true"), (again.Text, again.Header("Idempotency-Replayed")));
        Assert.Equal("\"2\"", again.Header("ETag"));
        Assert.Equal("failed", (await leader.Get(path)).State);
    }

    [Fact]
    public async Task Of_many_at_once_one_is_recorded()
    {
        var path = await leader.Open();
        var other = await leader.Open();
        await using var node = service.AnotherNode();
        var clients = new[] { leader, node.As(Role.Leader) };
        var (note, opening) = (NewKey(), NewKey());
        var notes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => clients[i % 2].Post($"{path}/factors", """{"factors":["N-TRUST","S-LEAD"],"note":"n"}""", note)));
        Assert.Equal(notes[0].Must(200).Text, Assert.Single(notes.Select(answer => answer.Must(200).Text).Distinct(StringComparer.Ordinal)));
        Assert.Equal(39, notes.Count(answer => answer.Header("Idempotency-Replayed") == "true"));
        Assert.Equal(3, (await leader.Get(path)).Version);

        var openings = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => clients[i % 2].Post("/api/partnerships", Body, opening)));
        Assert.Single(openings.Select(answer => answer.Must(201).Text).Distinct(StringComparer.Ordinal));

        var moves = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => clients[i % 2].Post($"{other}/failed", null, (note.Name, note.Value + "m"))));
        Assert.Single(moves.Select(answer => answer.Must(200).Text).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_belongs_to_one_request()
    {
        var path = await leader.Open();
        var other = await leader.Open();
        var key = NewKey();
        (await leader.Post($"{path}/active", """{"reason":"A"}""", key)).Must(200);
        await (await leader.Post($"{path}/active", """{"reason":"B"}""", key)).MustBe("idempotency-key-reused", 422);
        await (await leader.Post($"{path}/active", null, key)).MustBe("idempotency-key-reused", 422);
        await (await leader.Post($"{path}/struggling", """{"reason":"A"}""", key)).MustBe("idempotency-key-reused", 422);
        await (await leader.Post($"{other}/active", """{"reason":"A"}""", key)).MustBe("idempotency-key-reused", 422);
        await (await leader.Post("/api/partnerships", Body, key)).MustBe("idempotency-key-reused", 422);
        Assert.Equal(2, (await leader.Get(path)).Version);
        Assert.Equal(1, (await leader.Get(other)).Version);
    }

    [Fact]
    public async Task The_keys_of_others_are_others()
    {
        var key = NewKey();
        var mine = (await leader.Post("/api/partnerships", Body, key)).Must(201);
        var theirs = (await service.As("bob", Role.Leader).Post("/api/partnerships", """{"name":"Mine"}""", key)).Must(201);
        Assert.NotEqual(mine.Id, theirs.Id);
    }

    [Fact]
    public async Task A_refusal_leaves_the_key_free()
    {
        var path = await leader.Open();
        var key = NewKey();
        await (await leader.Post($"{path}/ended", null, key)).MustBe("lifecycle-step", 409);
        await (await leader.Post($"{path}/active", null, key, ("If-Match", "\"9\""))).MustBe("precondition-failed", 412);
        await (await leader.Post($"{path}/factors", """{"factor":"N-NONE"}""", key)).MustRefuse("/factor");
        (await leader.Post($"{path}/active", null, key)).Must(200);
        await (await leader.Post($"{path}/ended", null, key)).MustBe("idempotency-key-reused", 422);
    }

    [Fact]
    public async Task The_catalogue_remembers_keys_too()
    {
        var analyst = service.As(Role.Analyst);
        var key = NewKey();
        const string body = """{"code":"N-KEY","topic":"KEY","polarity":"negative","label":"L"}""";
        var first = (await analyst.Post("/api/factors", body, key)).Must(201);
        var again = (await analyst.Post("/api/factors", body, key)).Must(201);
        Assert.Equal((first.Text, first.Header("Location"), "true"), (again.Text, again.Header("Location"), again.Header("Idempotency-Replayed")));
        await (await analyst.Put("/api/factors/N-KEY", """{"topic":"KEY","polarity":"negative","label":"L"}""", key)).MustBe("idempotency-key-reused", 422);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("clé")]
    [InlineData("a\tb")]
    [InlineData("256")]
    public async Task A_malformed_key_is_refused(string key) =>
        await (await leader.Post("/api/partnerships", Body, ("Idempotency-Key", key == "256" ? new string('k', 256) : key))).MustRefuse("Idempotency-Key");

    [Fact]
    public async Task Two_keys_are_one_too_many_and_the_longest_is_taken()
    {
        await (await leader.Post("/api/partnerships", Body, ("Idempotency-Key", "a"), ("Idempotency-Key", "b"))).MustRefuse("Idempotency-Key");
        (await leader.Post("/api/partnerships", Body, ("Idempotency-Key", new string('~', 255)))).Must(201);
    }

    private static (string Name, string Value) NewKey() => ("Idempotency-Key", Guid.NewGuid().ToString());
}
