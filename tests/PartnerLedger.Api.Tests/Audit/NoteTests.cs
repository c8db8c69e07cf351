using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>No key ever signs two histories, whatever becomes of the database.</summary>
public sealed class NoteTests(TestCluster cluster)
{
    [Fact]
    public async Task After_a_restart_the_same_key_signs_on()
    {
        await using var service = new ServiceFactory(cluster);
        await service.InitializeAsync();
        var earlier = await Note(service, await Log(service));
        await using var restarted = service.AnotherNode();
        var later = await Note(restarted, await Log(restarted));

        var key = await Key(restarted);
        Assert.True(earlier.IsSignedBy(key));
        Assert.True(later.IsSignedBy(key));
        Assert.Equal(TreeHead.Parse(earlier.Text)!.Origin, TreeHead.Parse(later.Text)!.Origin);
    }

    [Fact]
    public async Task A_new_key_takes_over_with_a_note_that_both_have_signed()
    {
        await using var service = new ServiceFactory(cluster);
        await service.InitializeAsync();
        var before = await Note(service, await Log(service));
        var old = await Key(service);
        (await service.As(Role.Operator).Post("/api/operations/audit/key-rotation")).Must(202);
        var between = await Note(service, await Log(service));
        var after = await Note(service, await Log(service));

        var current = await Key(service);
        Assert.NotEqual(old.ToString(), current.ToString());
        Assert.True(before.IsSignedBy(old));
        Assert.True(between.IsSignedBy(old) && between.IsSignedBy(current));
        Assert.True(after.IsSignedBy(current) && !after.IsSignedBy(old));
        Assert.Contains(old.ToString(), (await service.As(Role.Auditor).Get("/api/audit/key")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_takes_over_though_nothing_is_logged()
    {
        var database = await cluster.NewDatabase();
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        await using (var node = Node(database, directory))
        {
            var before = await Note(node, await Log(node));
            var (old, size) = (await Key(node), TreeHead.Parse(before.Text)!.Size);
            var oldKey = Assert.Single(directory.GetFiles("key.pem", SearchOption.AllDirectories));
            var kept = await File.ReadAllTextAsync(oldKey.FullName);
            (await node.As(Role.Operator).Post("/api/operations/audit/key-rotation")).Must(202);

            await Eventually.Holds(async () => (await Key(node)).ToString() != old.ToString());
            var both = await Note(node, size);
            Assert.Equal(before.Text, both.Text);
            Assert.True(both.IsSignedBy(old) && both.IsSignedBy(await Key(node)) && !before.IsSignedBy(await Key(node)));
            Assert.Equal(both.ToString(), (await node.As(Role.Auditor).Get($"/api/audit/checkpoint?size={size}")).Must(200).Text);
            Assert.True((await node.As(Role.Auditor).Get("/api/audit/verify"))["isVerified"].GetBoolean());

            // As if the node had ended between the note and the new key's taking over.
            await node.DisposeAsync();
            File.Move(oldKey.FullName, Path.Combine(oldKey.DirectoryName!, "next-key.pem"));
            await File.WriteAllTextAsync(oldKey.FullName, kept);
            File.Delete(Path.Combine(oldKey.DirectoryName!, "keys"));
            await using var restarted = Node(database, directory);
            await Eventually.Holds(async () => (await Key(restarted)).ToString() != old.ToString());
            Assert.Equal(both.ToString(), (await Note(restarted, size)).ToString());
            Assert.Equal(2L, await Sql.Run(database.Owner, "select count(*) from ledger_note where size = $1", size));
            Assert.True(!(await Note(restarted, await Log(restarted))).IsSignedBy(old));
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_database_older_than_the_last_note_takes_no_writes_until_an_operator_accepts_it()
    {
        var database = await cluster.NewDatabase();
        DatabaseConnections backup;
        SignedNote old;
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        await using (var node = Node(database, directory))
        {
            old = await Note(node, await Log(node));
        }

        backup = await cluster.Backup(database);
        await using (var node = Node(database, directory))
        {
            await Note(node, await Log(node));
        }

        await using (var restored = Node(backup, directory))
        {
            var refused = await restored.As(Role.Leader).Post("/api/partnerships", """{"name":"Too early"}""");
            Assert.Contains("older copy", (await refused.MustBe("older-than-note", 503)).GetProperty("detail").GetString(), StringComparison.Ordinal);
            (await restored.As(Role.Auditor).Get("/api/partnerships")).Must(200);

            var @operator = restored.As(Role.Operator);
            await (await @operator.Post("/api/operations/audit/acceptance", """{"ground":""}""")).MustRefuse("/ground");
            var accepted = (await @operator.Post("/api/operations/audit/acceptance", """{"ground":"The disk failed"}""")).Must(200);
            var note = await Note(restored, await Log(restored));

            Assert.Equal(accepted["origin"].GetString(), TreeHead.Parse(note.Text)!.Origin);
            Assert.NotEqual(TreeHead.Parse(old.Text)!.Origin, TreeHead.Parse(note.Text)!.Origin);
            Assert.True(note.IsSignedBy(await Key(restored)) && !old.IsSignedBy(await Key(restored)));
            await (await @operator.Post("/api/operations/audit/acceptance", """{"ground":"Again"}""")).MustBe("conflict", 409);
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_database_that_holds_another_history_takes_no_writes_either()
    {
        var database = await cluster.NewDatabase();
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        var elsewhere = Directory.CreateTempSubdirectory("partnerledger-");
        await using (var node = Node(database, directory))
        {
            await Note(node, await Log(node));
        }

        var backup = await cluster.Backup(database);
        await using (var node = Node(database, directory))
        {
            await Note(node, await Log(node));
        }

        // A standby that lagged behind went on by itself, and has grown beyond what was signed.
        await using (var standby = Node(backup, elsewhere))
        {
            await Log(standby);
            await Log(standby);
        }

        await using (var node = Node(backup, directory))
        {
            var refused = await node.As(Role.Leader).Post("/api/partnerships", """{"name":"On the wrong one"}""");
            Assert.Contains("another history", (await refused.MustBe("older-than-note", 503)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        directory.Delete(recursive: true);
        elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task A_note_that_was_signed_and_not_kept_is_kept_after_the_restart()
    {
        var database = await cluster.NewDatabase();
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        SignedNote signed;
        await using (var node = Node(database, directory))
        {
            signed = await Note(node, await Log(node));
        }

        // As if the connection had broken between the file and the commit.
        await Sql.Run(database.Owner, "alter table ledger_note disable trigger ledger_refuse_edit; delete from ledger_note; delete from ledger_node; alter table ledger_note enable trigger ledger_refuse_edit");
        await using (var node = Node(database, directory))
        {
            Assert.Equal(signed.ToString(), (await node.As(Role.Auditor).Get($"/api/audit/checkpoint?size={TreeHead.Parse(signed.Text)!.Size}")).Must(200).Text);
            Assert.True((await Note(node, await Log(node))).IsSignedBy(await Key(node)));
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Of_two_nodes_one_signs_and_both_publish()
    {
        await using var service = new ServiceFactory(cluster);
        await service.InitializeAsync();
        await using var other = service.AnotherNode();
        var position = Math.Max(await Log(service), await Log(other));
        var (one, two) = (await Note(service, position), await Note(other, position));

        Assert.Equal(one.ToString(), two.ToString());
        Assert.True(one.IsSignedBy(await Key(other)));
    }

    private static WebApplicationFactory<Program> Node(DatabaseConnections database, DirectoryInfo directory) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder.On(database, directory.FullName));

    private static async Task<long> Log(WebApplicationFactory<Program> node) =>
        (await node.As(Role.Leader).Post("/api/partnerships", """{"name":"Care at home"}""")).Must(201).Position;

    private static async Task<SignedNote> Note(WebApplicationFactory<Program> node, long position) =>
        SignedNote.Parse((await node.As(Role.Auditor).Get($"/api/audit/checkpoint?minPosition={position}")).Must(200).Text)!;

    private static async Task<NoteVerifier> Key(WebApplicationFactory<Program> node) =>
        NoteVerifier.Parse((await node.As(Role.Auditor).Get("/api/audit/key")).Must(200).Text.Split('\n')[0])!;
}
