using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>A server for the run, and a migrated ledger that each test gets a copy of.</summary>
[CollectionDefinition(nameof(AnalysisServer))]
public sealed class AnalysisServer : IAsyncLifetime, ICollectionFixture<AnalysisServer>
{
    private const string Template = "migrated";

    private PostgresCluster? server;
    private int made;

    public async ValueTask InitializeAsync()
    {
        server = await PostgresCluster.StartTemporaryAsync();
        await Migrate(await server.CreateDatabaseAsync(Template));
    }

    public async Task<DatabaseConnections> NewDatabase()
    {
        var connections = await server!.CreateDatabaseAsync($"analysis_{Interlocked.Increment(ref made)}", Template);
        await Migrate(connections);
        return connections;
    }

    public Task Drop(DatabaseConnections connections) => server!.DropDatabaseAsync(connections.Name);

    public ValueTask DisposeAsync() => server!.DisposeAsync();

    private static async Task Migrate(DatabaseConnections connections)
    {
        await using var owner = NpgsqlDataSource.Create(connections.Owner + ";Pooling=false");
        await Migrator.Migrate(owner, "partnerledger", NullLogger.Instance, CancellationToken.None);
    }
}
