using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using PartnerLedger.Api.Tests.Hosting;

namespace PartnerLedger.Api.Tests.HttpFiles;

/// <summary>The whole service on a port of its own, as an editor would reach it.</summary>
public sealed class ListeningService(TestCluster cluster) : IAsyncLifetime
{
    private readonly ServiceFactory factory = new(cluster);

    public string Url { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await factory.InitializeAsync();
        factory.UseKestrel(0);
        factory.StartServer();
        Url = factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public ValueTask DisposeAsync() => factory.DisposeAsync();
}
