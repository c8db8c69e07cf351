using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Operations;

/// <summary>Whether the process lives, and whether it can serve. What must be ready registers a check tagged <see cref="Ready"/>.</summary>
internal static class Health
{
    public const string Ready = "ready";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/health/live", _ => false);
        Map(routes, "/health/ready", check => check.Tags.Contains(Ready));
    }

    // Whoever watches a node learns of it however many others ask.
    private static void Map(IEndpointRouteBuilder routes, string path, Func<HealthCheckRegistration, bool> checks) =>
        routes.MapHealthChecks(path, new HealthCheckOptions { Predicate = checks, ResponseWriter = Write })
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
            .DisableRateLimiting()
            .Open();

    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new Response(Word(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status))), Json.Options);

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();

    internal sealed record Response(string Status, IReadOnlyDictionary<string, string> Checks);
}
