using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Operations;

/// <summary>Ready is who can read the ledger's head.</summary>
internal sealed class DatabaseCheck(EventStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ReadHead(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException exception)
        {
            return HealthCheckResult.Unhealthy(exception: exception);
        }
    }
}
