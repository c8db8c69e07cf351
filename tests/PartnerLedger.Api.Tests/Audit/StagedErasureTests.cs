using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PartnerLedger.Api.Imports;
using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Imports;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>What was erased does not lie about with an import that still runs.</summary>
public sealed class StagedErasureTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Secret = "Told-in-confidence";

    private const string File = $$$"""
        {"partnership":"a","command":"open","body":{"name":"A","purpose":"{{{Secret}}}"}}
        {"partnership":"a","command":"factors","body":{"factor":"N-TRUST","note":"Kept"}}
        {"partnership":"b","command":"open","body":{"name":"B","purpose":"Of another"}}
        """;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("partnerledger-");
    private DatabaseConnections database = null!;

    public async ValueTask InitializeAsync() => database = await cluster.NewDatabase();

    public ValueTask DisposeAsync()
    {
        directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_text_of_an_event_that_was_moved_is_erased_where_it_was_staged_too()
    {
        await using var node = Node(database);
        var import = await Stage(node);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Move(node, () => throw new InvalidOperationException("The node ends after one partnership.")));
        var a = await Named(node, "A");
        Assert.Equal(1L, await Staged(database, Secret));

        (await node.As(Role.Operator).Post($"{a}/erasures", """{"versions":[1],"ground":"Consent was withdrawn"}""")).Must(200);

        Assert.Equal(0L, await Staged(database, Secret));
        Assert.Equal(2L, await Staged(database, "Kept") + await Staged(database, "Of another"));
        await Move(node);
        Assert.Equal("done", (await node.As(Role.Leader).Get(import)).Must(200).State);
        Assert.Equal("Of another", (await node.As(Role.Leader).Get(await Named(node, "B")))["purpose"].GetString());
        Assert.Equal("null", (await node.As(Role.Leader).Get(a))["purpose"].GetRawText());
    }

    [Fact]
    public async Task A_text_that_a_restored_backup_has_not_moved_yet_is_moved_without_its_words()
    {
        await using (var node = Node(database))
        {
            await Stage(node);
        }

        var backup = await cluster.Backup(database);
        string a;
        await using (var node = Node(database))
        {
            await Move(node);
            a = await Named(node, "A");
            var erasure = (await node.As(Role.Operator).Post($"{a}/erasures", """{"versions":[1],"ground":"Consent was withdrawn"}""")).Must(200);
            (await node.As(Role.Auditor).Get($"/api/audit/checkpoint?minPosition={erasure.Position}")).Must(200);
        }

        await using (var restored = Node(backup))
        {
            (await restored.As(Role.Operator).Post("/api/operations/audit/acceptance", """{"ground":"The disk failed"}""")).Must(200);
            Assert.Equal(0L, await Staged(backup, Secret));
            await Move(restored);
            Assert.Equal("null", (await restored.As(Role.Leader).Get(await Named(restored, "A")))["purpose"].GetRawText());
        }

        await using var restarted = Node(backup);
        var history = (await restarted.As(Role.Auditor).Get($"{a}/history")).Must(200);
        Assert.Equal(["partnership_proposed", "factor_noted", "text_erased"], history.Each("events", "type"));
        Assert.True(history["events"][0].GetProperty("data").GetProperty("purpose").TryGetProperty("erased", out _));
    }

    // One that moves a partnership at a time, and only when it is told to.
    private WebApplicationFactory<Program> Node(DatabaseConnections on) => new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
    {
        builder.On(on, directory.FullName);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(new ImportOptions { FirstChunk = 1 });
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory?.Method.ReturnType == typeof(ImportRunner)));
        });
    });

    private static async Task<string> Stage(WebApplicationFactory<Program> node) => (await node.As(Role.Leader).Import(File)).Must(202).Header("Location")!;

    private static Task Move(WebApplicationFactory<Program> node, Action? moved = null) =>
        Eventually.Holds(() => node.Services.GetRequiredService<ImportMover>().MoveAll(CancellationToken.None, moved));

    private static async Task<string> Named(WebApplicationFactory<Program> node, string name)
    {
        var found = await Eventually.Answers(() => node.As(Role.Leader).Get($"/api/partnerships?q={name}"), answer => answer.Each("items", "id").Any());
        return $"/api/partnerships/{found.Each("items", "id").Single()}";
    }

    private static async Task<long> Staged(DatabaseConnections on, string text) =>
        (long)(await Sql.Run(on.Owner, "select count(*) from ledger_import_event where position(convert_to($1, 'UTF8') in packed) > 0", text))!;
}
