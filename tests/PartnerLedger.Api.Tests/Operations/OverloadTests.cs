using System.Diagnostics;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PartnerLedger.Api.Security;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Tests.Operations;

/// <summary>The service without its database, or with more commands than it can take.</summary>
public sealed class OverloadTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    // What the kernel was given survives the death of the server; what the server still held back would not.
    private static readonly Dictionary<string, string> CommitsOutliveACrash = new(StringComparer.Ordinal) { ["synchronous_commit"] = "on" };

    [Fact]
    public async Task One_command_too_many_is_told_to_come_again_and_those_who_wait_are_served()
    {
        await using var node = service.AnotherNode(builder => builder.ConfigureTestServices(services =>
            services.AddSingleton(new AppendQueueOptions { Capacity = 4, MaxCommands = 1 })));
        var leader = node.As(Role.Leader);
        await leader.Open();

        List<Task<Answer>> waiting;
        await using (var source = NpgsqlDataSource.Create(service.Database.Owner))
        await using (var connection = await source.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            // Whoever holds the head holds up every append.
            await using var hold = new NpgsqlCommand("select position from ledger_head for update", connection);
            await hold.ExecuteScalarAsync();
            waiting = [.. Enumerable.Range(0, 8).Select(_ => leader.Post("/api/partnerships", """{"name":"In the queue"}"""))];
            var refused = await await Task.WhenAny(waiting);
            await refused.MustBe("busy", 503);
            Assert.Equal("1", refused.Header("Retry-After"));
            (await leader.Get("/api/partnerships")).Must(200);
        }

        var answers = await Task.WhenAll(waiting);
        Assert.InRange(answers.Count(answer => answer.Status == 201), 4, 5);
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 201, 503 }));
        await leader.Open();
    }

    [Fact]
    public async Task Without_its_database_the_service_says_so_at_once_and_recovers_when_it_is_back()
    {
        await using var cluster = await PostgresCluster.StartTemporaryAsync(CommitsOutliveACrash);
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        await using (var node = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.On(cluster.Connections, directory.FullName);
            builder.UseSetting("Logging:LogLevel:Default", "None");
            HastyClock.Use(builder);
        }))
        {
            var (leader, nobody) = (node.As(Role.Leader), new LedgerClient(node.ClientWith(null)));
            var path = await leader.Open();
            var key = ("Idempotency-Key", "through-the-crash");
            (await nobody.Get("/health/ready")).Must(200);

            await cluster.KillAsync();
            var began = Stopwatch.GetTimestamp();
            foreach (var answer in new[]
            {
                await leader.Post($"{path}/active", null, key), await leader.Post("/api/partnerships", """{"name":"A"}"""), await leader.Get(path),
                await leader.Get("/api/partnerships"), await leader.Get("/api/factors"), await node.As("stranger", Role.Leader).Post($"{path}/active"),
            })
            {
                Assert.Equal(503, answer.Status);
                Assert.NotNull(answer.Header("Retry-After"));
                Assert.Contains(answer["type"].GetString(), new[] { "/problems/database-unreachable", "/problems/outcome-unknown" });
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5), "A refusal took its time.");
            Assert.Equal("unhealthy", (await nobody.Get("/health/ready")).Must(503)["status"].GetString());
            (await nobody.Get("/health/live")).Must(200);

            await cluster.RestartAsync();
            var active = await Eventually.Answers(() => leader.Post($"{path}/active", null, key), answer => answer.Status == 200);
            Assert.Equal(2, (await leader.Get(path)).Must(200).Version);
            await Eventually.Answers(() => nobody.Get("/health/ready"), answer => answer.Status == 200);
            // The service is ready before its read models have caught up, and here a read waits a tenth of a second.
            await Eventually.Answers(() => leader.Get($"/api/partnerships?minPosition={active.Position}"), answer => answer.Status == 200);
            var next = (await leader.Post($"{path}/ended")).Must(200);
            Assert.Equal("ended", Assert.Single((await leader.Get($"/api/partnerships?minPosition={next.Position}")).Must(200).Each("items", "state")));
        }

        directory.Delete(recursive: true);
    }
}
