using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.Api.Tests.Hosting;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.EventSourcing;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>One throw-away PostgreSQL a test run, with a migrated database of which each class gets a copy.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    private const string Template = "migrated";

    private PostgresCluster? cluster;
    private int made;

    public async ValueTask InitializeAsync()
    {
        cluster = await PostgresCluster.StartTemporaryAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "400" });
        await Migrate(await cluster.CreateDatabaseAsync(Template));
    }

    public Task<DatabaseConnections> NewDatabase() => CopyOf(Template);

    /// <summary>A database as it is now, as a backup would have it; nobody may be connected to it.</summary>
    public Task<DatabaseConnections> Backup(DatabaseConnections database) => CopyOf(database.Name);

    public Task Drop(DatabaseConnections database) => cluster!.DropDatabaseAsync(database.Name);

    public async ValueTask DisposeAsync() => await cluster!.DisposeAsync();

    private async Task<DatabaseConnections> CopyOf(string template)
    {
        var database = await cluster!.CreateDatabaseAsync($"test_{Interlocked.Increment(ref made)}", template);
        // A copy has the tables and their rights, but not the rights to the database itself.
        await Migrate(database);
        return database;
    }

    // Without a pool: a database that somebody is connected to cannot be copied.
    private static async Task Migrate(DatabaseConnections database)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Owner) { Pooling = false }.ConnectionString);
        var serving = new NpgsqlConnectionStringBuilder(database.Serving).Username!;
        await Migrator.Migrate(owner, serving, NullLogger.Instance, CancellationToken.None);
    }
}
