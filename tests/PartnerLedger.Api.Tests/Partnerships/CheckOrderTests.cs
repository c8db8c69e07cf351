using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>Of two faults the one told first is that of the contract's order: 401, 403, 400, 404, key, 412, 409.</summary>
public sealed class CheckOrderTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private const string Nobody = "/api/partnerships/0199f000-0000-7000-8000-000000000000";

    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task Who_asks_comes_before_what_is_asked()
    {
        await (await new LedgerClient(service.ClientWith(null)).Post($"{Nobody}/active?x=1", "{", ("If-Match", "3"))).MustBe("unauthenticated", 401);
        await (await service.As(Role.Auditor).Post($"{Nobody}/active?x=1", "{", ("If-Match", "3"))).MustBe("forbidden", 403);
    }

    [Theory]
    [InlineData("{", null, null)]
    [InlineData("""{"reason":""}""", null, null)]
    [InlineData("{}", "If-Match", "3")]
    [InlineData("{}", "Idempotency-Key", "with blanks")]
    public async Task An_invalid_request_comes_before_a_partnership_that_does_not_exist(string body, string? header, string? value) =>
        await (await leader.Post($"{Nobody}/active", body, header is null ? [] : [(header, value!)])).MustBe("invalid-request", 400);

    [Fact]
    public async Task An_unknown_code_comes_before_a_partnership_that_does_not_exist() =>
        await (await leader.Post($"{Nobody}/factors", """{"factor":"N-NONE"}""")).MustRefuse("/factor");

    [Fact]
    public async Task What_does_not_exist_comes_before_the_key_and_the_version()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/active", null, ("Idempotency-Key", "order-1"))).Must(200);
        await (await leader.Post($"{Nobody}/active", null, ("Idempotency-Key", "order-1"))).MustBe("not-found", 404);
        await (await leader.Post($"{path}/partners/9/left", null, ("Idempotency-Key", "order-1"))).MustBe("not-found", 404);
        await (await leader.Post($"{path}/factors", """{"factor":"N-NONE"}""", ("Idempotency-Key", "order-1"))).MustRefuse("/factor");
        await (await leader.Post($"{path}/corrections", """{"version":9,"reason":"x","withdrawn":true}""", ("Idempotency-Key", "order-1"))).MustRefuse("/version");
        await (await leader.Post($"{Nobody}/active", null, ("If-Match", "\"7\""))).MustBe("not-found", 404);
        await (await leader.Post($"{path}/factors", """{"factor":"N-NONE"}""", ("If-Match", "\"7\""))).MustRefuse("/factor");
    }

    [Fact]
    public async Task The_key_comes_before_the_version_and_the_lifecycle()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/failed", null, ("Idempotency-Key", "order-2"))).Must(200);
        await (await leader.Post($"{path}/active", null, ("Idempotency-Key", "order-2"), ("If-Match", "\"7\""))).MustBe("idempotency-key-reused", 422);
        Assert.Equal("true", (await leader.Post($"{path}/failed", null, ("Idempotency-Key", "order-2"), ("If-Match", "\"7\""))).Must(200).Header("Idempotency-Replayed"));
    }

    [Fact]
    public async Task The_version_comes_before_the_lifecycle()
    {
        var path = await leader.OpenAndMove("proposed", "failed");
        await (await leader.Post($"{path}/active", null, ("If-Match", "\"1\""))).MustBe("precondition-failed", 412);
        await (await leader.Post($"{path}/active", null, ("If-Match", "\"2\""))).MustBe("lifecycle-step", 409);
        await (await leader.Post($"{path}/corrections", """{"version":1,"reason":"x","withdrawn":true}""", ("If-Match", "\"1\""))).MustBe("precondition-failed", 412);
    }

    [Fact]
    public async Task In_the_catalogue_the_order_is_the_same()
    {
        var analyst = service.As(Role.Analyst);
        const string body = """{"topic":"T","polarity":"negative","label":"L"}""";
        await (await analyst.Put("/api/factors/N-NONE", "{}", ("If-Match", "\"7\""))).MustBe("invalid-request", 400);
        await (await analyst.Put("/api/factors/N-NONE", body, ("If-Match", "\"7\""))).MustBe("not-found", 404);
        await (await analyst.Put("/api/factors/N-TRUST", body, ("If-Match", "\"7\""))).MustBe("precondition-failed", 412);
        await (await analyst.Post("/api/factors", """{"code":"N-TRUST","topic":"T","polarity":"negative","label":"L"}""", ("If-Match", "\"7\""))).MustBe("precondition-failed", 412);
        await (await analyst.Post("/api/factors", """{"code":"N-TRUST","topic":"T","polarity":"negative","label":"L"}""")).MustBe("already-exists", 409);
    }
}
