using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.EventSourcing.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(Cluster))]

namespace PartnerLedger.EventSourcing.Tests.Fixtures;

/// <summary>One server for the whole run, and a migrated ledger that each test class gets a copy of.</summary>
public sealed class Cluster : IAsyncLifetime
{
    public const string ServingRole = "partnerledger";
    private const string Template = "migrated";

    private PostgresCluster? server;
    private int made;

    public PostgresCluster Server => server!;

    public async ValueTask InitializeAsync()
    {
        server = await PostgresCluster.StartTemporaryAsync(new Dictionary<string, string> { ["max_connections"] = "300", ["autovacuum"] = "off" });
        await Migrate(await server.CreateDatabaseAsync(Template));
    }

    /// <summary>A database of its own, migrated unless it is to be empty.</summary>
    public async Task<DatabaseConnections> NewDatabase(bool empty = false)
    {
        var connections = await Server.CreateDatabaseAsync($"ledger_{Interlocked.Increment(ref made)}", empty ? null : Template);
        if (!empty)
        {
            // What is granted on the database itself is not copied with it.
            await Migrate(connections);
        }

        return connections;
    }

    public static async Task Migrate(DatabaseConnections connections)
    {
        await using var owner = NpgsqlDataSource.Create(connections.Owner + ";Pooling=false");
        await Migrator.Migrate(owner, ServingRole, NullLogger.Instance, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
