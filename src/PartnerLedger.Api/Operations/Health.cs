using Microsoft.AspNetCore.Diagnostics.HealthChecks;
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
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write }).Open();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Write }).Open();
    }

    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new Response(Word(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status))), Json.Options);

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();

    internal sealed record Response(string Status, IReadOnlyDictionary<string, string> Checks);
}
