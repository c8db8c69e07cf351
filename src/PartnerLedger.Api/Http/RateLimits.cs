using System.Threading.RateLimiting;
using Microsoft.IdentityModel.JsonWebTokens;
using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Http;

/// <summary>How many requests a minute each caller may make, where <c>Ledger:RequestsPerMinute</c> sets a limit; unset there is none.</summary>
internal static class RateLimits
{
    private const string Setting = "Ledger:RequestsPerMinute";

    public static WebApplicationBuilder AddRateLimits(this WebApplicationBuilder builder)
    {
        if (Limit(builder.Configuration) is { } perMinute)
        {
            builder.Services.AddRateLimiter(options =>
            {
                options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                    RateLimitPartition.GetTokenBucketLimiter(Who(context), _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = perMinute,
                        TokensPerPeriod = 1,
                        ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
                    }));
                options.OnRejected = (rejected, _) => new ValueTask(Refusal(perMinute).ExecuteAsync(rejected.HttpContext));
            });
        }

        return builder;
    }

    public static void UseRateLimits(this WebApplication app)
    {
        if (Limit(app.Configuration) is not null)
        {
            app.UseRateLimiter();
        }
    }

    // Another request is allowed after a part of a minute, rounded up to what the header can say.
    private static Problem Refusal(int perMinute) => new(Problems.TooManyRequests with { RetryAfter = (int)Math.Ceiling(60.0 / perMinute) });

    private static int? Limit(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => null,
        var text when int.TryParse(text, out var perMinute) && perMinute > 0 => perMinute,
        _ => throw new StartRefusedException($"{Setting} must be a whole number above 0, or be left out for no limit."),
    };

    // Callers by their token; whoever has none shares the limit of the address.
    private static string Who(HttpContext context) =>
        context.User.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is { } subject
            ? $"{context.User.FindFirst(JwtRegisteredClaimNames.Iss)?.Value} {subject}"
            : context.Connection.RemoteIpAddress?.ToString() ?? "";
}
