using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PartnerLedger.Api.Operations;

/// <summary>What a newcomer reads in the console: where the service listens, where the data lies, and how to log a first partnership.</summary>
internal static class Welcome
{
    public static void Print(IServiceProvider services)
    {
        var url = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        var data = services.GetRequiredService<LedgerDatabase>().DataDirectory;
        Console.WriteLine($"""

            PartnerLedger listens at {url}  (API: {url}/docs)
            The data lies {(data is null ? "on the configured PostgreSQL server" : $"in {data}")}.
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
}
