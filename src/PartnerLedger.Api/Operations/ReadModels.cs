using Microsoft.Extensions.Diagnostics.HealthChecks;
using PartnerLedger.Api.Http;
using PartnerLedger.EventSourcing.Projections;

namespace PartnerLedger.Api.Operations;

/// <summary>The read models of this node, each kept up to date by a daemon.</summary>
internal sealed class ReadModels(IEnumerable<ProjectionDaemon> daemons, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public IReadOnlyList<ProjectionDaemon> All { get; } = [.. daemons];

    public ProjectionDaemon? Find(string name) => All.FirstOrDefault(daemon => daemon.Name == name);

    /// <summary>Waits until every read model has reached a position; false if that takes too long.</summary>
    public async Task<bool> WaitFor(long position, CancellationToken cancellationToken)
    {
        var reached = await Task.WhenAll(All.Select(daemon => daemon.Applied.TryWaitUntil(position, LongestWait, clock, cancellationToken)));
        return Array.TrueForAll(reached, waited => waited);
    }

    /// <summary>The refusal to read a model whose tables are not this version's; null where they are.</summary>
    public Problem? Unreadable(string name) =>
        Find(name) is { IsReadable: true } ? null : Problems.NotYetVisible.Because($"The read model {name} is being built, or was taken over by a newer version of the service.");

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(All.All(daemon => daemon.IsReadable) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}

/// <summary>What answers made from read models have in common.</summary>
internal static class ReadModelAnswer
{
    /// <summary>Tells up to which position of the ledger the answer goes.</summary>
    public static void AnswerAt(this HttpContext http, long position) => http.Response.Headers["Ledger-Position"] = position.ToString();
}
