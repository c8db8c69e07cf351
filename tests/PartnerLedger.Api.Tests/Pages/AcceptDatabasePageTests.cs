using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.Api.Tests.Pages;

public sealed class AcceptDatabasePageTests(TestCluster cluster)
{
    [Fact]
    public async Task Operators_see_why_nothing_is_written_and_accept_the_database_in_a_page()
    {
        var database = await cluster.NewDatabase();
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        await Sign(database, directory);
        var backup = await cluster.Backup(database);
        await Sign(database, directory);
        await using (var restored = Node(backup, directory))
        {
            using var visitor = await PageVisitor.SignIn(restored, Role.Operator);
            Assert.Contains("it is an older copy", await Read(visitor, "/operations"), StringComparison.Ordinal);

            using var refused = await visitor.Fill("/operations/accept-database", ("Form.Ground", " "), ("read", "true"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("class=\"error\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            using var unread = await visitor.Fill("/operations/accept-database", ("Form.Ground", "The disk failed"));
            Assert.Contains("The database was not accepted", await unread.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            using var accepted = await visitor.Fill("/operations/accept-database", ("Form.Ground", "The disk failed"), ("read", "true"));
            Assert.EndsWith("/operations?done=accepted", accepted.Headers.Location?.OriginalString, StringComparison.Ordinal);
            Assert.DoesNotContain("Nothing is written now", await Read(visitor, "/operations"), StringComparison.Ordinal);
            Assert.Contains("there is nothing to accept", await Read(visitor, "/operations/accept-database"), StringComparison.Ordinal);
            await Sign(restored);
        }

        directory.Delete(recursive: true);
    }

    private static WebApplicationFactory<Program> Node(DatabaseConnections database, DirectoryInfo directory) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder.On(database, directory.FullName));

    private static async Task Sign(DatabaseConnections database, DirectoryInfo directory)
    {
        await using var node = Node(database, directory);
        await Sign(node);
    }

    private static async Task Sign(WebApplicationFactory<Program> node)
    {
        var position = (await node.As(Role.Leader).Post("/api/partnerships", """{"name":"Care at home"}""")).Must(201).Position;
        (await node.As(Role.Auditor).Get($"/api/audit/checkpoint?minPosition={position}")).Must(200);
    }

    private static async Task<string> Read(PageVisitor visitor, string path)
    {
        using var page = (await visitor.Get(path)).EnsureSuccessStatusCode();
        return await page.Content.ReadAsStringAsync();
    }
}
