using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Audit;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.Api.Tests.Frameworks;

/// <summary>What was written in a framework's notes can be erased as what was written of a partnership can.</summary>
public sealed class FrameworkErasureTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Secret = "Told-in-confidence";
    private const string Path = "/api/frameworks/rounds";
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("partnerledger-");
    private DatabaseConnections database = null!;

    public async ValueTask InitializeAsync() => database = await cluster.NewDatabase();

    public ValueTask DisposeAsync()
    {
        directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_erased_note_is_in_no_answer_no_kit_and_nowhere_in_the_database()
    {
        await using var node = Node(database);
        var (reader, @operator) = (node.As(Role.Analyst), node.As(Role.Operator));
        await Define(node);
        (await reader.Put(Path, Body("Kept"))).Must(200);
        var kept = (await reader.Get(Path)).Must(200);

        var erasure = (await @operator.Post($"{Path}/erasures", """{"versions":[1],"ground":"A note named somebody"}""")).Must(200);

        Assert.Equal(["code", "version", "position"], erasure.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("rounds", 3, "\"3\""), (erasure["code"].GetString(), erasure.Version, erasure.Header("ETag")));
        Assert.Equal("""[{"factor":"N-TRUST","weight":7,"note":null},{"factor":"S-TRUST","weight":null,"note":null}]""", (await reader.Get($"{Path}?version=1"))["factors"].GetRawText());
        var now = (await reader.Get(Path)).Must(200);
        Assert.Equal((3, erasure.Position, kept["factors"].GetRawText()), (now.Version, now.Position, now["factors"].GetRawText()));
        Assert.Equal(0L, await Sql.Run(database.Owner, "select count(*) from ledger_text where text = $1", Secret));
        Assert.Equal("A note named somebody", await Sql.Run(database.Owner, "select text from ledger_text where position = $1 and member = '/ground'", erasure.Position));

        AuditKit.NeedsItsPrograms();
        using var kit = new AuditKit(await (await node.As(Role.Auditor).Get($"/api/audit/kit?minPosition={erasure.Position}")).Must(200).Response.Content.ReadAsByteArrayAsync());
        Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(kit["texts.ndjson"]) + await File.ReadAllTextAsync(kit["events.ndjson"]), StringComparison.Ordinal);
        Assert.Contains("text_erased", await File.ReadAllTextAsync(kit["events.ndjson"]), StringComparison.Ordinal);
        var (isVerified, said) = await kit.Verify();
        Assert.True(isVerified, said);
        Assert.True((await node.As(Role.Auditor).Get("/api/audit/verify"))["isVerified"].GetBoolean());
    }

    [Fact]
    public async Task A_framework_whose_notes_are_erased_says_the_rest_as_before_and_can_be_revised()
    {
        await using var node = Node(database);
        var analyst = node.As(Role.Analyst);
        await Define(node);
        (await node.As(Role.Operator).Post($"{Path}/erasures", """{"versions":[1],"ground":"x"}""", ("If-Match", "\"1\""))).Must(200);

        Assert.Equal("""[{"factor":"N-TRUST","weight":7,"note":null},{"factor":"S-TRUST","weight":null,"note":null}]""", (await analyst.Get(Path))["factors"].GetRawText());
        Assert.Equal("""[{"code":"rounds","name":"Ward rounds","source":"experience","factors":["N-TRUST","S-TRUST"],"version":2}]""", (await analyst.Get("/api/frameworks"))["items"].GetRawText());
        (await analyst.Get("/api/analysis/factors?framework=rounds")).Must(200);
        (await analyst.Put(Path, Body("Said anew"), ("If-Match", "\"2\""))).Must(200);
        Assert.Equal("Said anew", (await analyst.Get(Path))["factors"][0].GetProperty("note").GetString());

        // The key of what carried the note takes whatever comes for its own.
        var replayed = (await analyst.Post("/api/frameworks", Body("Guessed", code: "rounds"), ("Idempotency-Key", "define"))).Must(201);
        Assert.Equal((1, "true"), (replayed.Version, replayed.Header("Idempotency-Replayed")));
    }

    [Fact]
    public async Task What_cannot_be_erased_is_refused_with_its_place()
    {
        await using var node = Node(database);
        var @operator = node.As(Role.Operator);
        await Define(node);
        await (await @operator.Post($"{Path}/erasures", """{"versions":[1,2],"ground":"x"}""")).MustRefuse("/versions/1");
        await (await @operator.Post($"{Path}/erasures", """{"versions":[],"ground":" "}""")).MustRefuse("/ground", "/versions");
        await (await @operator.Post($"{Path}/erasures", """{"versions":[1],"ground":"x"}""", ("If-Match", "\"2\""))).MustBe("precondition-failed", 412);
        await (await @operator.Post("/api/frameworks/nothing/erasures", """{"versions":[1],"ground":"x"}""")).MustBe("not-found", 404);
        await (await node.As(Role.Analyst).Post($"{Path}/erasures", """{"versions":[1],"ground":"x"}""")).MustBe("forbidden", 403);
    }

    [Fact]
    public async Task An_erasure_that_a_restored_backup_has_lost_is_recorded_again_once()
    {
        await using (var node = Node(database))
        {
            await Define(node);
        }

        var backup = await cluster.Backup(database);
        await using (var node = Node(database))
        {
            var erasure = (await node.As(Role.Operator).Post($"{Path}/erasures", """{"versions":[1],"ground":"A note named somebody"}""")).Must(200);
            (await node.As(Role.Auditor).Get($"/api/audit/checkpoint?minPosition={erasure.Position}")).Must(200);
        }

        await using var restored = Node(backup);
        Assert.Equal("null", (await restored.As(Role.Analyst).Get(Path))["factors"][0].GetProperty("note").GetRawText());
        Assert.Equal(0L, await Sql.Run(backup.Owner, "select count(*) from ledger_text where text = $1", Secret));
        (await restored.As(Role.Operator).Post("/api/operations/audit/acceptance", """{"ground":"The disk failed"}""")).Must(200);
        await using var restarted = Node(backup);

        Assert.Equal(2, (await restarted.As(Role.Analyst).Get(Path)).Must(200).Version);
        Assert.Equal(1L, await Sql.Run(backup.Owner, "select count(*) from mt_events where type = 'text_erased' and data -> 'earlier' ->> 'id' is not null"));
    }

    private static async Task Define(WebApplicationFactory<Program> node) =>
        (await node.As(Role.Analyst).Post("/api/frameworks", Body(Secret, code: "rounds"), ("Idempotency-Key", "define"))).Must(201);

    private static string Body(string note, string? code = null) =>
        $$"""{ {{(code is null ? "" : $"\"code\":\"{code}\",")}} "name":"Ward rounds","source":"experience","factors":[{"factor":"N-TRUST","weight":7,"note":"{{note}}"},{"factor":"S-TRUST"}]}""";

    private WebApplicationFactory<Program> Node(DatabaseConnections on) => new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder.On(on, directory.FullName));
}
