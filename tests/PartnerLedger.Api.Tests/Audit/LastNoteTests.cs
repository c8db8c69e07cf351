using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.Transparency;
using static PartnerLedger.Api.Tests.Audit.NotedLedger;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>No key ever signs two histories, whatever becomes of the database.</summary>
public sealed class LastNoteTests(TestCluster cluster)
{
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
            Assert.Equal(2, await FirstBad(restored) - TreeHead.Parse(old.Text)!.Size + 1);

            var @operator = restored.As(Role.Operator);
            await (await @operator.Post("/api/operations/audit/acceptance", """{"ground":""}""")).MustRefuse("/ground");
            var accepted = (await @operator.Post("/api/operations/audit/acceptance", """{"ground":"The disk failed"}""")).Must(200);
            var note = await Note(restored, await Log(restored));

            Assert.Equal(
                "ann",
                await Sql.Run(backup.Owner, "select p.subject from ledger_log l join ledger_person p on p.id = l.accepted_by where l.origin = $1 and l.ground = 'The disk failed'", accepted["origin"].GetString()!));
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
            Assert.NotNull(await FirstBad(node));
        }

        directory.Delete(recursive: true);
        elsewhere.Delete(recursive: true);
    }

    [Theory]
    [InlineData("another history", "update ledger_leaf set hash = sha256(hash) where position = (select position from ledger_head)")]
    [InlineData("no longer holds the tree", "delete from ledger_leaf where position = (select position from ledger_head)")]
    [InlineData("older copy", "delete from mt_events where seq_id = (select position from ledger_head); delete from ledger_leaf where position = (select position from ledger_head); update ledger_head set position = position - 1")]
    public async Task A_tree_that_does_not_begin_with_the_last_note_is_never_signed(string reason, string tampering)
    {
        var database = await cluster.NewDatabase();
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        SignedNote last;
        await using (var node = Node(database, directory))
        {
            last = await Note(node, await Log(node));
        }

        var untouched = await cluster.Backup(database);
        await Tamper(database, tampering);
        await using (var node = Node(database, directory))
        {
            var refused = await node.As(Role.Leader).Post("/api/partnerships", """{"name":"On what was changed"}""");
            Assert.Contains(reason, (await refused.MustBe("older-than-note", 503)).GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.NotNull(await FirstBad(node));
            Assert.Equal(last.ToString(), (await node.As(Role.Auditor).Get("/api/audit/checkpoint")).Must(200).Text);
        }

        await using (var node = Node(untouched, directory))
        {
            await Note(node, await Log(node));
            Assert.Null(await FirstBad(node));
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_lost_key_is_told_and_an_operator_accepts_another()
    {
        var database = await cluster.NewDatabase();
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        SignedNote last;
        await using (var node = Node(database, directory))
        {
            last = await Note(node, await Log(node));
            await (await node.As(Role.Operator).Post("/api/operations/audit/acceptance", """{"ground":"There is nothing"}""")).MustBe("conflict", 409);
        }

        Directory.Delete(Path.Combine(directory.FullName, "audit"), recursive: true);
        await using (var node = Node(database, directory))
        {
            var position = await Log(node);
            Assert.Equal("healthy", await Health(node));
            await Tamper(database, $"update mt_events set timestamp = timestamp - interval '1 minute' where seq_id = {position}");
            Assert.Equal("degraded", await Health(node));

            var accepted = (await node.As(Role.Operator).Post("/api/operations/audit/acceptance", """{"ground":"The disk with the key failed"}""")).Must(200);
            Assert.Contains("key", accepted["accepted"].GetString(), StringComparison.Ordinal);
            var note = await Note(node, position);
            Assert.NotEqual(TreeHead.Parse(last.Text)!.Origin, TreeHead.Parse(note.Text)!.Origin);
            Assert.True(note.IsSignedBy(await Key(node)));
            Assert.Equal("healthy", await Health(node));
        }

        directory.Delete(recursive: true);

        static async Task<string?> Health(WebApplicationFactory<Program> node) =>
            (await node.As(Role.Auditor).Get("/health/ready")).Must(200)["checks"].GetProperty("notes").GetString();
    }
}
