using System.Net;
using Microsoft.AspNetCore.Hosting;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests;

/// <summary>Where a limit is set, each caller has their own, and the answer beyond it says when the next request is taken.</summary>
public sealed class RateLimitTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private const int PerMinute = 20;

    [Fact]
    public async Task Beyond_the_limit_a_caller_waits_as_long_as_is_said_and_nobody_else_does()
    {
        await using var limited = service.WithWebHostBuilder(builder => builder.UseSetting("Ledger:RequestsPerMinute", $"{PerMinute}"));
        using var busy = limited.ClientWith(Tokens.Make([Role.Leader], "busy"));
        HttpResponseMessage answer;
        var taken = 0;
        while ((answer = await busy.GetAsync("/api/regions")).StatusCode == HttpStatusCode.OK)
        {
            answer.Dispose();
            taken++;
        }

        using (answer)
        {
            Assert.True(taken >= PerMinute, $"{taken} requests were taken.");
            await answer.MustBe("too-many-requests", HttpStatusCode.TooManyRequests);
            Assert.Equal(60 / PerMinute, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        }

        using var other = limited.ClientWith(Tokens.Make([Role.Leader], "other"));
        using var served = await other.GetAsync("/api/regions");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        await Eventually.Holds(async () => (await busy.GetAsync("/api/regions")).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_watches_a_node_is_not_kept_from_it()
    {
        await using var limited = service.WithWebHostBuilder(builder => builder.UseSetting("Ledger:RequestsPerMinute", "1"));
        using var nobody = limited.ClientWith(null);
        for (var round = 0; round < 3; round++)
        {
            using var live = await nobody.GetAsync("/health/live");
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        using var written = await nobody.DeleteAsync("/health/ready");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, written.StatusCode);
    }
}
