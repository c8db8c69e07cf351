using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>An informant's word is kept only where an event names it: under an id that no event has, nobody would find it to erase it.</summary>
public sealed class InformantWordTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private const string Nobody = "/api/partnerships/0199f000-0000-7000-8000-000000000000";

    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task A_request_sent_again_by_its_key_does_not_bring_an_erased_word_back()
    {
        const string opening = """{"name":"Told by somebody","stage":"proposed","informant":"erased-1"}""";
        var opened = (await leader.Post("/api/partnerships", opening, ("Idempotency-Key", "opened"))).Must(201);
        var path = opened.Header("Location")!;
        (await leader.Post($"{path}/active", """{"informant":"erased-2"}""", ("Idempotency-Key", "moved"))).Must(200);
        foreach (var informant in await Informants(path))
        {
            (await service.As(Role.Operator).Post($"/api/operations/people/{informant}/erasure")).Must(204);
        }

        var replayed = (await leader.Post("/api/partnerships", opening, ("Idempotency-Key", "opened"))).Must(201);
        Assert.Equal((opened.Position, "true"), (replayed.Position, replayed.Header("Idempotency-Replayed")));
        Assert.Equal("true", (await leader.Post($"{path}/active", """{"informant":"erased-2"}""", ("Idempotency-Key", "moved"))).Must(200).Header("Idempotency-Replayed"));

        // Not as another node answers, either, which remembers nothing of the partnership.
        await using var other = service.AnotherNode();
        (await other.As(Role.Leader).Post($"{path}/active", """{"informant":"erased-2"}""", ("Idempotency-Key", "moved"))).Must(200);
        Assert.Equal(0L, await Known("erased-1") + await Known("erased-2"));
    }

    [Theory]
    [InlineData("lifecycle-step", 409, "proposed", """{"informant":"refused"}""", null, null)]
    [InlineData("invalid-request", 400, "factors", """{"factor":"N-NONE","informant":"refused"}""", null, null)]
    [InlineData("invalid-request", 400, "factors", """{"factor":"N-TRUST","occurredOn":"2023-13","informant":"refused"}""", null, null)]
    [InlineData("invalid-request", 400, "corrections", """{"version":9,"reason":"x","replacement":{"informant":"refused"}}""", null, null)]
    [InlineData("invalid-request", 400, "active", """{"informant":"refused"}""", "If-Match", "3")]
    [InlineData("precondition-failed", 412, "active", """{"informant":"refused"}""", "If-Match", "\"1\"")]
    [InlineData("idempotency-key-reused", 422, "active", """{"informant":"refused"}""", "Idempotency-Key", "taken")]
    public async Task A_request_that_is_refused_leaves_no_word_behind(string problem, int status, string command, string body, string? header, string? value)
    {
        var path = await leader.OpenAndMove("proposed", "failed");
        await leader.Post("/api/partnerships", """{"name":"Of a key","stage":"proposed"}""", ("Idempotency-Key", "taken"));

        var word = $"{Guid.NewGuid()}";
        await (await leader.Post($"{path}/{command}", body.Replace("refused", word, StringComparison.Ordinal), header is null ? [] : [(header, value!)])).MustBe(problem, status);

        Assert.Equal(0L, await Known(word));
    }

    [Fact]
    public async Task A_command_on_a_partnership_that_does_not_exist_leaves_no_word_behind()
    {
        await (await leader.Post($"{Nobody}/active", """{"informant":"of-nothing"}""")).MustBe("not-found", 404);
        Assert.Equal(0L, await Known("of-nothing"));
    }

    [Fact]
    public async Task Somebody_new_who_told_of_several_things_at_once_has_one_id_on_every_node()
    {
        await using var other = service.AnotherNode();
        LedgerClient[] leaders = [leader, other.As(Role.Leader), leader, other.As(Role.Leader)];
        for (var round = 0; round < 5; round++)
        {
            var word = $"new-{round}";
            var paths = await Task.WhenAll(leaders.Select(client => client.Open(more: $",\"informant\":\"{word}\"")));
            await Task.WhenAll(paths.Zip(leaders, (path, client) => client.Post($"{path}/active", $$"""{"informant":"{{word}}"}""")));

            var ids = new List<Guid>();
            foreach (var path in paths)
            {
                var informants = await Informants(path);
                Assert.Equal(2, informants.Count);
                ids.AddRange(informants);
            }

            Assert.Equal(ids.Distinct().Single(), await Sql.Run(service.Database.Owner, "select id from ledger_person where kind = 'informant' and subject = $1", word));
        }
    }

    private async Task<List<Guid>> Informants(string path) =>
        [.. (await service.As(Role.Auditor).Get($"{path}/history"))["events"].EnumerateArray().Select(e => e.GetProperty("data").GetProperty("informant").GetGuid())];

    private async Task<long> Known(string word) =>
        (long)(await Sql.Run(service.Database.Owner, "select count(*) from ledger_person where kind = 'informant' and subject = $1", word))!;
}
