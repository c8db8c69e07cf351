using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace PartnerLedger.Api.Tests.Compose;

/// <summary>A node of the service with a container's environment, on a port of its own.</summary>
internal sealed class ComposeNode : WebApplicationFactory<Program>
{
    private readonly IReadOnlyDictionary<string, string> environment;

    public ComposeNode(IReadOnlyDictionary<string, string> environment)
    {
        this.environment = environment;
        UseKestrel(0);
        StartServer();
        Url = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Url { get; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        foreach (var (name, value) in environment)
        {
            builder.UseSetting(name == "ASPNETCORE_ENVIRONMENT" ? "environment" : name.Replace("__", ":", StringComparison.Ordinal), value);
        }
    }
}
