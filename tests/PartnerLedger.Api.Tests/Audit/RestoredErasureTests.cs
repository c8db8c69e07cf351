using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>What was erased stays erased after an older backup was restored, and the history says so, once.</summary>
public sealed class RestoredErasureTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Secret = "Told-in-confidence";
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("partnerledger-");
    private DatabaseConnections database = null!;

    private string List => Assert.Single(directory.GetFiles("erasures.ndjson", SearchOption.AllDirectories)).FullName;

    public async ValueTask InitializeAsync() => database = await cluster.NewDatabase();

    public ValueTask DisposeAsync()
    {
        directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_erasure_that_a_restored_backup_has_lost_is_recorded_again_once_the_database_is_accepted()
    {
        var (backup, path, lost) = await Lose();
        await using var one = Node(backup);
        await using var other = Node(backup);
        Assert.DoesNotContain(Secret, (await History(one, path)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, (await History(other, path)).Text, StringComparison.Ordinal);
        Assert.Empty(Erasures(await History(one, path)));

        (await one.As(Role.Operator).Post("/api/operations/audit/acceptance", """{"ground":"The disk failed"}""")).Must(200);

        var history = await History(one, path);
        var again = Assert.Single(Erasures(history));
        var earlier = again.GetProperty("data").GetProperty("earlier");
        Assert.Equal(lost.GetProperty("id").GetString(), earlier.GetProperty("id").GetString());
        Assert.Equal(lost.GetProperty("actor").GetString(), earlier.GetProperty("by").GetString());
        Assert.Equal(lost.GetProperty("recordedAt").GetDateTime(), earlier.GetProperty("at").GetDateTime());
        Assert.NotEqual(lost.GetProperty("actor").GetString(), again.GetProperty("actor").GetString());
        Assert.Contains("older backup", again.GetProperty("data").GetProperty("ground").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal([1, 2], again.GetProperty("data").GetProperty("versions").EnumerateArray().Select(version => version.GetInt32()));

        var erased = history["events"][0].GetProperty("data").GetProperty("purpose").GetProperty("erased");
        Assert.Equal(again.GetProperty("position").GetInt64(), erased.GetProperty("position").GetInt64());
        Assert.True(JsonElement.DeepEquals(earlier, erased.GetProperty("earlier")));
        Assert.Equal(0L, await Sql.Run(backup.Owner, "select count(*) from ledger_text where text = $1", Secret));
        Assert.True((await one.As(Role.Auditor).Get("/api/audit/verify"))["isVerified"].GetBoolean());
        await using var restarted = Node(backup);
        Assert.Single(Erasures(await History(restarted, path)));
    }

    [Fact]
    public async Task Of_nodes_that_start_after_one_ended_before_it_could_record_one_records()
    {
        var (backup, path, _) = await Lose();
        await Sql.Run(backup.Owner, "insert into ledger_log (number, origin, ground) values (2, 'partnerledger/accepted', 'The disk failed')");
        await StartThree(backup);

        await using var node = Node(backup);
        Assert.Single(Erasures(await History(node, path)));
    }

    [Fact]
    public async Task An_erasure_that_was_repeated_and_lost_again_is_still_the_first_one()
    {
        var (backup, path, lost) = await Lose();
        var older = await cluster.Backup(backup);
        await Accept(backup, path);
        await Accept(older, path);

        async Task Accept(DatabaseConnections restored, string partnership)
        {
            await using var node = Node(restored);
            (await node.As(Role.Operator).Post("/api/operations/audit/acceptance", """{"ground":"The disk failed"}""")).Must(200);
            var again = Assert.Single(Erasures(await History(node, partnership)));
            Assert.Equal(lost.GetProperty("id").GetString(), again.GetProperty("data").GetProperty("earlier").GetProperty("id").GetString());
            await Signed(node, again.GetProperty("position").GetInt64());
        }
    }

    [Fact]
    public async Task What_was_written_since_is_not_taken_for_what_was_erased()
    {
        var (backup, path, _) = await Lose(lostVersionToo: true);
        await using (var node = Node(backup))
        {
            (await node.As(Role.Operator).Post("/api/operations/audit/acceptance", """{"ground":"The disk failed"}""")).Must(200);
            var version = (await node.As(Role.Leader).Post($"{path}/factors", """{"factor":"S-LEAD","note":"Written since"}""")).Must(200)["version"].GetInt64();
            (await node.As(Role.Leader).Post($"{path}/corrections", """{"version":1,"reason":"Put better","replacement":{"purpose":"Fewer readmissions"}}""")).Must(200);
            Assert.Equal(4, version);
        }

        await using var restarted = Node(backup);
        var history = await History(restarted, path);
        Assert.Equal("Written since", history["events"][3].GetProperty("data").GetProperty("note").GetProperty("text").GetString());
        Assert.Equal("Fewer readmissions", (await restarted.As(Role.Leader).Get(path))["purpose"].GetString());
    }

    [Fact]
    public async Task An_erasure_that_was_not_listed_when_its_node_ended_is_listed_at_the_next_start()
    {
        await using (var node = Node(database))
        {
            var path = await node.As(Role.Leader).Open(more: $$""","purpose":"{{Secret}}" """);
            (await node.As(Role.Operator).Post($"{path}/erasures", """{"versions":[1],"ground":"Consent was withdrawn"}""")).Must(200);
        }

        // A machine that failed while the line was written, and has half of it.
        var line = (await File.ReadAllTextAsync(List)).Trim();
        await File.WriteAllTextAsync(List, line[..(line.Length / 2)]);
        await StartThree(database);

        Assert.Equal([line[..(line.Length / 2)], line], (await File.ReadAllLinesAsync(List)).Where(each => each.Length > 0));
    }

    /// <summary>A backup with a text, the erasure of that text, which the backup lacks, and the signed note about it.</summary>
    private async Task<(DatabaseConnections Backup, string Path, JsonElement Lost)> Lose(bool lostVersionToo = false)
    {
        string path;
        await using (var node = Node(database))
        {
            path = await node.As(Role.Leader).Open(more: $$""","purpose":"{{Secret}}" """);
            (await node.As(Role.Leader).Post($"{path}/factors", $$"""{"factor":"N-TRUST","note":"{{Secret}}"}""")).Must(200);
        }

        var backup = await cluster.Backup(database);
        await using (var node = Node(database))
        {
            if (lostVersionToo)
            {
                (await node.As(Role.Leader).Post($"{path}/factors", $$"""{"factor":"N-FUND","note":"{{Secret}}"}""")).Must(200);
                (await node.As(Role.Leader).Post($"{path}/factors", $$"""{"factor":"N-FUND","note":"{{Secret}}"}""")).Must(200);
            }

            var versions = lostVersionToo ? "[1,2,3,4]" : "[1,2]";
            var erasure = (await node.As(Role.Operator).Post($"{path}/erasures", $$"""{"versions":{{versions}},"ground":"Consent was withdrawn"}""")).Must(200);
            await Signed(node, erasure.Position);
            return (backup, path, Erasures(await History(node, path))[0].Clone());
        }
    }

    // At once, as nodes of one deployment do; and ends them.
    private async Task StartThree(DatabaseConnections on)
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => Node(on)).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Services)));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private WebApplicationFactory<Program> Node(DatabaseConnections on) => new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder.On(on, directory.FullName));

    private static async Task Signed(WebApplicationFactory<Program> node, long position) =>
        (await node.As(Role.Auditor).Get($"/api/audit/checkpoint?minPosition={position}")).Must(200);

    private static async Task<Answer> History(WebApplicationFactory<Program> node, string path) => (await node.As(Role.Auditor).Get($"{path}/history")).Must(200);

    private static List<JsonElement> Erasures(Answer history) =>
        [.. history["events"].EnumerateArray().Where(recorded => recorded.GetProperty("type").GetString() == "text_erased")];
}
