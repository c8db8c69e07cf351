using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>What was erased is nowhere any more, and everything can still be proved.</summary>
public sealed class ErasureTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Secret = "Told-in-confidence";
    private readonly ServiceFactory service = new(cluster);
    private LedgerClient leader = null!;
    private LedgerClient auditor = null!;
    private LedgerClient @operator = null!;

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        (leader, auditor, @operator) = (service.As(Role.Leader), service.As(Role.Auditor), service.As(Role.Operator));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task An_erased_text_is_in_no_answer_no_kit_and_nowhere_in_the_database()
    {
        var path = await leader.Open(more: $$""","purpose":"{{Secret}}" """);
        var note = $$"""{"factors":["N-TRUST","S-LEAD"],"note":"{{Secret}}","informant":"P07"}""";
        (await leader.Post($"{path}/factors", note, ("Idempotency-Key", "note"))).Must(200);
        var corrected = (await leader.Post($"{path}/corrections", $$$"""{"version":2,"reason":"{{{Secret}}}","replacement":{"note":"{{{Secret}}} too"}}""")).Must(200);
        var summary = (await leader.Get($"/api/analysis/factors?minPosition={corrected.Position}")).Must(200);

        var erasure = (await @operator.Post($"{path}/erasures", """{"versions":[1,2,3],"ground":"Consent was withdrawn"}""")).Must(200);

        Assert.DoesNotContain(Secret, (await leader.Get(path)).Must(200).Text, StringComparison.Ordinal);
        var history = (await auditor.Get($"{path}/history")).Must(200);
        Assert.DoesNotContain(Secret, history.Text, StringComparison.Ordinal);
        var erased = history["events"][0].GetProperty("data").GetProperty("purpose").GetProperty("erased");
        Assert.Equal(erasure.Position, erased.GetProperty("position").GetInt64());
        Assert.Equal("Consent was withdrawn", history["events"][4].GetProperty("data").GetProperty("ground").GetProperty("text").GetString());
        Assert.Equal(summary["rows"].GetRawText(), (await leader.Get($"/api/analysis/factors?minPosition={erasure.Position}"))["rows"].GetRawText());
        Assert.Equal(0L, await Sql.Run(service.Database.Owner, $"select count(*) from ledger_text where text like '%{Secret}%'"));
        Assert.Equal(0L, await Sql.Run(service.Database.Owner, "select count(*) from ledger_key where key = 'note' and secret is not null"));

        AuditKit.NeedsItsPrograms();
        using var kit = new AuditKit(await (await auditor.Get($"/api/audit/kit?minPosition={erasure.Position}")).Must(200).Response.Content.ReadAsByteArrayAsync());
        Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(kit["texts.ndjson"]) + await File.ReadAllTextAsync(kit["events.ndjson"]), StringComparison.Ordinal);
        Assert.True((await kit.Verify()).IsVerified);
        Assert.True((await auditor.Get("/api/audit/verify"))["isVerified"].GetBoolean());
    }

    [Fact]
    public async Task The_key_of_an_erased_request_answers_whatever_comes_and_others_still_compare()
    {
        var path = await leader.Open();
        var erased = (await leader.Post($"{path}/factors", $$"""{"factor":"N-TRUST","note":"{{Secret}}"}""", ("Idempotency-Key", "erased"))).Must(200);
        (await leader.Post($"{path}/factors", """{"factor":"N-FUND","note":"Kept"}""", ("Idempotency-Key", "kept"))).Must(200);
        var body = """{"versions":[2],"ground":"Consent was withdrawn"}""";
        var erasure = (await @operator.Post($"{path}/erasures", body, ("Idempotency-Key", "erasure"))).Must(200);

        var replayed = (await leader.Post($"{path}/factors", """{"factor":"S-LEAD"}""", ("Idempotency-Key", "erased"))).Must(200);
        Assert.Equal((erased.Position, "true"), (replayed.Position, replayed.Header("Idempotency-Replayed")));
        await (await leader.Post($"{path}/factors", """{"factor":"S-LEAD"}""", ("Idempotency-Key", "kept"))).MustBe("idempotency-key-reused", 422);
        Assert.Equal(erasure.Position, (await @operator.Post($"{path}/erasures", body, ("Idempotency-Key", "erasure"))).Must(200).Position);
    }

    [Fact]
    public async Task A_person_who_was_erased_is_nameless_on_every_node_and_comes_back_as_another()
    {
        await using var other = service.AnotherNode();
        var path = await leader.Open(more: ""","informant":"P07" """);
        var before = await Informant(path);
        (await other.As(Role.Leader).Post($"{path}/active", """{"informant":"P07"}""")).Must(200);

        Assert.Equal(204, (await @operator.Post($"/api/operations/people/{before}/erasure")).Status);
        await (await @operator.Post($"/api/operations/people/{before}/erasure")).MustBe("not-found", 404);
        Assert.Equal(0L, await Sql.Run(service.Database.Owner, "select count(*) from ledger_person where subject = 'P07'"));
        await Eventually.Answers(
            async () => await other.As(Role.Leader).Get($"{await other.As(Role.Leader).Open(more: ""","informant":"P07" """)}/history"),
            answer => answer["events"][0].GetProperty("data").GetProperty("informant").GetGuid() != before);
    }

    [Fact]
    public async Task What_a_restored_backup_brings_back_is_erased_again_at_the_start()
    {
        var path = await leader.Open(more: $$""","purpose":"{{Secret}}","informant":"P08" """);
        var informant = await Informant(path);
        (await @operator.Post($"{path}/erasures", """{"versions":[1],"ground":"Consent was withdrawn"}""")).Must(200);
        (await @operator.Post($"/api/operations/people/{informant}/erasure")).Must(204);
        var position = (await auditor.Get($"{path}/history"))["events"][0].GetProperty("position").GetInt64();

        // As a dump of these tables would.
        await Sql.Run(service.Database.Owner, "insert into ledger_text values ($1, '/purpose', decode(repeat('00', 32), 'hex'), $2)", position, Secret);
        await Sql.Run(service.Database.Owner, "insert into ledger_person values ($1, 'informant', '', 'P08')", informant);
        await using var restarted = service.AnotherNode();
        Assert.Equal("null", (await restarted.As(Role.Leader).Get(path))["purpose"].GetRawText());
        Assert.Equal(0L, await Sql.Run(service.Database.Owner, "select count(*) from ledger_text t, ledger_person p where t.text = $1 or p.subject = 'P08'", Secret));
    }

    [Fact]
    public async Task What_cannot_be_erased_is_refused_with_its_place()
    {
        var path = await leader.Open();
        await (await @operator.Post($"{path}/erasures", """{"versions":[1,9],"ground":"x"}""")).MustRefuse("/versions/1");
        await (await @operator.Post($"{path}/erasures", """{"versions":[],"ground":"x"}""")).MustRefuse("/versions");
        await (await @operator.Post($"{path}/erasures", """{"versions":[1,1],"ground":""}""")).MustRefuse("/ground", "/versions/1");
        await (await @operator.Post("/api/partnerships/0199f000-0000-7000-8000-000000000000/erasures", """{"versions":[1],"ground":"x"}""")).MustBe("not-found", 404);
        await (await leader.Post($"{path}/erasures", """{"versions":[1],"ground":"x"}""")).MustBe("forbidden", 403);
    }

    private async Task<Guid> Informant(string path) => (await auditor.Get($"{path}/history"))["events"][0].GetProperty("data").GetProperty("informant").GetGuid();
}
