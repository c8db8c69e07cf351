using Npgsql;
using PartnerLedger.Api.Tests.Hosting;

namespace PartnerLedger.Api.Tests.Compose;

/// <summary>What docker-compose.yml starts, without containers: its script has made the roles, and two nodes with its settings share one ledger.</summary>
public sealed class ComposeTrial(TestCluster cluster) : IAsyncLifetime
{
    private string server = "";
    private ComposeNode? first;
    private ComposeNode? second;

    internal ComposeFile Compose { get; } = ComposeFile.Read();

    public Uri First => first!.Url;

    public Uri Second => second!.Url;

    public async ValueTask InitializeAsync()
    {
        server = (await cluster.NewDatabase()).Superuser;
        await using var superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        foreach (var statement in Compose.Configs["roles"].Content.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = superuser.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }

        // Compose lets both go at once, when PostgreSQL is healthy.
        var nodes = await Task.WhenAll(Task.Run(() => Start("node-1")), Task.Run(() => Start("node-2")));
        (first, second) = (nodes[0], nodes[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await (first?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (second?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>A connection of a node, but for where the server is.</summary>
    internal string Here(string connection)
    {
        var place = new NpgsqlConnectionStringBuilder(server);
        return new NpgsqlConnectionStringBuilder(connection) { Host = place.Host, Port = place.Port }.ConnectionString;
    }

    private ComposeNode Start(string name) => new(Compose.Services[name].Environment.ToDictionary(
        setting => setting.Key,
        setting => setting.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal) ? Here(setting.Value) : setting.Value,
        StringComparer.Ordinal));
}
