using PartnerLedger.Api.Security;
using PartnerLedger.Transparency;
using static PartnerLedger.Api.Tests.Audit.NotedLedger;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>What is signed, by which key, and by which node.</summary>
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
}
