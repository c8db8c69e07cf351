using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace PartnerLedger.Api.Operations;

/// <summary>What a newcomer reads in the console: where the service listens, where the data lies, and how to log a first partnership.</summary>
internal static class Welcome
{
    public static void Print(IServiceProvider services)
    {
        var url = Url(services.GetRequiredService<IServer>());
        var database = services.GetRequiredService<LedgerDatabase>();
        Console.WriteLine($"""

            PartnerLedger listens at {url}  (pages there, API: {url}/docs), until Ctrl+C stops it.
            The data lies {Data(database)}
            """);
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        Console.WriteLine($$"""
            Log a first partnership:

              TOKEN=$(curl -s {{url}}/api/dev/token --json '{"name":"me","roles":["leader","analyst","auditor","operator"]}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
              curl -s {{url}}/api/partnerships -H "Authorization: Bearer $TOKEN" --json '{"name":"Care at home","partners":[{"sector":"nonprofit"},{"sector":"government"}],"regions":["eu-plus"]}'

            """);
    }

    // One that a browser on this machine can open, also where the service listens on every address.
    private static string Url(IServer server) =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080")
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);

    private static string Data(LedgerDatabase database)
    {
        if (database.DataDirectory is null)
        {
            return "on the configured PostgreSQL server";
        }

        var owner = new NpgsqlConnectionStringBuilder(database.Owner);
        return $"in {database.DataDirectory}; while the ledger runs, back it up with: pg_dump -h {owner.Host} -p {owner.Port} -U {owner.Username} {owner.Database}";
    }
}
