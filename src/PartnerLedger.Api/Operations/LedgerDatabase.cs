using Npgsql;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Operations;

/// <summary>The database of this node: the configured server, or an embedded one that starts and stops with the service.</summary>
internal sealed class LedgerDatabase : IAsyncDisposable
{
    private const int MostConnections = 40;

    private LedgerDatabase(string serving, string owner, PostgresCluster? cluster, string? dataDirectory) =>
        (Serving, Owner, Cluster, DataDirectory) = (serving, owner, cluster, dataDirectory);

    public string Serving { get; }

    public string Owner { get; }

    public PostgresCluster? Cluster { get; }

    /// <summary>Where the embedded server keeps its data; null with a server of one's own.</summary>
    public string? DataDirectory { get; }

    /// <summary>Whether one role both serves and owns the tables, so that the database cannot keep the service from editing events.</summary>
    public bool HasOneRole => new NpgsqlConnectionStringBuilder(Serving).Username == new NpgsqlConnectionStringBuilder(Owner).Username;

    public static async Task<LedgerDatabase> Start(IConfiguration configuration, Action<string> tell, CancellationToken cancellationToken)
    {
        var owner = configuration.GetConnectionString("LedgerOwner");
        if (configuration.GetConnectionString("Ledger") is { Length: > 0 } serving)
        {
            return new LedgerDatabase(serving, string.IsNullOrEmpty(owner) ? serving : owner, null, null);
        }

        if (!string.IsNullOrEmpty(owner))
        {
            throw new StartRefusedException("ConnectionStrings:LedgerOwner is set and ConnectionStrings:Ledger is not: set the connection that serves, too.");
        }

        var directory = Operations.DataDirectory.Of(configuration);
        try
        {
            var cluster = await PostgresCluster.StartAsync(new PostgresClusterOptions { DataDirectory = directory }, tell, cancellationToken);
            return new LedgerDatabase(cluster.ServingConnectionString, cluster.OwnerConnectionString, cluster, directory);
        }
        catch (PostgresClusterException exception)
        {
            throw new StartRefusedException(exception.Message);
        }
    }

    /// <summary>Brings the tables to this version as their owner, whose connections are then closed.</summary>
    public async Task Migrate(ILogger logger, CancellationToken cancellationToken)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Owner) { Pooling = false }.ConnectionString);
        try
        {
            await Migrator.Migrate(owner, await ServingRole(cancellationToken), logger, cancellationToken);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            throw new StartRefusedException($"The database cannot be reached: {exception.Message}.");
        }
        catch (InvalidOperationException exception)
        {
            throw new StartRefusedException(exception.Message);
        }
    }

    /// <summary>Connections that serve: unqualified names find the store's tables, then those of each read model.</summary>
    public NpgsqlDataSource Connect(IEnumerable<string> readModelSchemas)
    {
        var settings = new NpgsqlConnectionStringBuilder(Serving)
        {
            // What a session prepares stays prepared; nothing here leaves state behind in a session.
            NoResetOnClose = true,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            ApplicationName = "partnerledger",
        };
        settings.SearchPath = string.Join(',', new[] { settings.SearchPath ?? "public" }.Concat(readModelSchemas));
        if (!settings.ContainsKey("Maximum Pool Size"))
        {
            settings.MaxPoolSize = MostConnections;
        }

        return NpgsqlDataSource.Create(settings.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }
    }

    // As the server sees it: a connection string need not name the role.
    private async Task<string> ServingRole(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Serving) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand("select current_user");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
