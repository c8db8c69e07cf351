using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>The whole service in the Development environment, on a database and with a data directory of its own.</summary>
public sealed class ServiceFactory(TestCluster cluster) : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("partnerledger-").FullName;

    internal DatabaseConnections Database { get; private set; } = null!;

    internal string DataDirectory => directory;

    public async ValueTask InitializeAsync() => Database = await cluster.NewDatabase();

    /// <summary>Another node on the same database; also what a restart comes to.</summary>
    internal WebApplicationFactory<Program> AnotherNode(Action<IWebHostBuilder>? differently = null) => WithWebHostBuilder(differently ?? (_ => { }));

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.On(Database, directory);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
