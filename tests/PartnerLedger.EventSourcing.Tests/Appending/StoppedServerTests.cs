using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

public sealed class StoppedServerTests
{
    [Fact]
    public async Task A_stopped_server_fails_commands_at_once_and_they_go_on_when_it_is_back()
    {
        // What was acknowledged must outlive the kill, as it would on a durable server.
        await using var server = await PostgresCluster.StartTemporaryAsync(new Dictionary<string, string> { ["synchronous_commit"] = "on" });
        await Cluster.Migrate(server.Connections);
        await using var database = NpgsqlDataSource.Create(server.ServingConnectionString);
        await using var queue = new AppendQueue(database, new AppendQueueOptions(), NullLogger<AppendQueue>.Instance);
        var (node, stream) = (new Node("", database, queue), Tally.NewId());
        await node.Append(Tally.Add(stream));

        await server.KillAsync();
        var first = await Assert.ThrowsAsync<LedgerUnavailableException>(() => node.Submit(Tally.Add(stream)));
        Assert.Contains(first.Reason, new[] { UnavailableReason.OutcomeUnknown, UnavailableReason.Unreachable });
        var next = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Assert.ThrowsAsync<LedgerUnavailableException>(() => node.Submit(Tally.Add(stream)))));
        Assert.All(next, failure => Assert.Equal(UnavailableReason.Unreachable, failure.Reason));

        await server.RestartAsync();
        Assert.Equal(2, (await node.Append(Tally.Add(stream))).Version);
    }
}
