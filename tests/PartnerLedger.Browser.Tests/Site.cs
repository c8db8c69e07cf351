using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>The whole service on a new ledger with an embedded PostgreSQL of its own, and a browser to look at it with.</summary>
public class Site : IAsyncLifetime
{
    // Machines that run much else are slow.
    private const float Patience = 30_000;

    // The service makes it as its database needs it.
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"partnerledger-pages-{Guid.CreateVersion7():N}");
    private Service? service;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public string Url { get; private set; } = "";

    /// <summary>The routes of its pages.</summary>
    internal IEnumerable<string> Routes => service!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'))
        .Distinct(StringComparer.Ordinal);

    internal IBrowser Browser => browser ?? throw new InvalidOperationException("There is no browser.");

    public virtual async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        service = new Service(directory);
        service.UseKestrel(0);
        service.StartServer();
        Url = service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.Start(playwright);
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    /// <summary>Somebody who looks at the pages, not signed in yet. Skips the test where there is no browser.</summary>
    internal Task<Visitor> Visit(int width = 1440, ColorScheme scheme = ColorScheme.Light, bool javaScript = true)
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        return Visitor.Come(this, width, scheme, javaScript);
    }

    /// <summary>Somebody who has signed in with these roles.</summary>
    internal async Task<Visitor> VisitAs(string roles, int width = 1440, ColorScheme scheme = ColorScheme.Light, bool javaScript = true, string name = "me")
    {
        var visitor = await Visit(width, scheme, javaScript);
        await visitor.SignIn(roles, name);
        return visitor;
    }

    /// <summary>Somebody who uses the API in this role. Skips the test where there is no browser to look with.</summary>
    internal Task<Colleague> WorkAs(string role, string name = "colleague")
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        return Colleague.Come(Url, role, name);
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? default);
        playwright?.Dispose();
        await (service?.DisposeAsync() ?? default);
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    private sealed class Service(string directory) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseEnvironment("Development")
            .UseSetting("Ledger:DataDirectory", directory)
            .UseSetting("Logging:LogLevel:Default", "Error");
    }
}
