using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests;

/// <summary>The whole service in the Development environment, with a data directory of its own.</summary>
public sealed class ServiceFactory : WebApplicationFactory<Program>
{
    private readonly string directory = Directory.CreateTempSubdirectory("partnerledger-").FullName;

    internal HttpClient ClientWith(string? token)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    internal HttpClient ClientOf(params Role[] roles) => ClientWith(Tokens.Of(roles));

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment("Development")
        .UseSetting("Ledger:DataDirectory", directory)
        .UseSetting("Ledger:DevelopmentKey", Tokens.Secret);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
