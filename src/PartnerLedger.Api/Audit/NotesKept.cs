using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace PartnerLedger.Api.Audit;

/// <summary>Whether what was appended is signed in time: by this node or another. Where no machine has the key any more, nothing else would tell.</summary>
internal sealed class NotesKept(NpgsqlDataSource database, NoteStore notes, Standing standing) : IHealthCheck
{
    // A note follows within a second; who holds up a ledger or an import for some is no fault.
    private const int Patience = 30;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var signed = await notes.SignedSize(await notes.Origin(cancellationToken), cancellationToken);
        await using var command = database.CreateCommand("select exists (select from mt_events where seq_id = $1 and timestamp < now() - make_interval(secs => $2))");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = signed + 1 });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = Patience });
        return await command.ExecuteScalarAsync(cancellationToken) is not true ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(standing.LacksKey
                ? "No checkpoint note is signed any more, and this machine does not have the key. Where no other has it, an operator accepts a new one."
                : "The last events are not signed yet.");
    }
}
