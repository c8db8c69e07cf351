using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>How the tests set a node up, and who asks it.</summary>
internal static class Nodes
{
    public static void On(this IWebHostBuilder builder, DatabaseConnections database, string directory) => builder
        .UseEnvironment("Development")
        .UseSetting("ConnectionStrings:Ledger", database.Serving)
        .UseSetting("ConnectionStrings:LedgerOwner", database.Owner)
        .UseSetting("Ledger:DataDirectory", directory)
        .UseSetting("Ledger:DevelopmentKey", Tokens.Secret)
        .UseSetting("Logging:LogLevel:Default", "Error");

    public static HttpClient ClientWith(this WebApplicationFactory<Program> node, string? token)
    {
        var client = node.CreateClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static HttpClient ClientOf(this WebApplicationFactory<Program> node, params Role[] roles) => node.ClientWith(Tokens.Of(roles));

    /// <summary>Somebody in these roles.</summary>
    public static LedgerClient As(this WebApplicationFactory<Program> node, params Role[] roles) => new(node.ClientOf(roles));

    /// <summary>Another person in these roles.</summary>
    public static LedgerClient As(this WebApplicationFactory<Program> node, string subject, params Role[] roles) =>
        new(node.ClientWith(Tokens.Make(roles, subject)));
}
