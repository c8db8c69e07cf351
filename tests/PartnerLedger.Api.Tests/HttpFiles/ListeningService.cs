using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace PartnerLedger.Api.Tests.HttpFiles;

/// <summary>The whole service on a port of its own, as an editor would reach it.</summary>
public sealed class ListeningService : IAsyncLifetime
{
    private readonly ServiceFactory factory = new();

    public string Url { get; private set; } = "";

    public ValueTask InitializeAsync()
    {
        factory.UseKestrel(0);
        factory.StartServer();
        Url = factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => factory.DisposeAsync();
}
