using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>Lets Marten write to this ledger from now on, in place of this service.</summary>
public static class HandOver
{
    /// <summary>
    /// Sets Marten's sequence behind the last event, and gives back that position. May be done again; once Marten has written,
    /// this service refuses to.
    /// </summary>
    /// <param name="owner">Connections of the role that owns the tables.</param>
    /// <exception cref="InvalidOperationException">A node still serves.</exception>
    public static async Task<long> Run(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            // A node that has just stopped is gone from the server a moment later.
            await connection.Execute($"set local lock_timeout = '2s'; select pg_advisory_xact_lock({WriterConnection.ServingLock})", cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new InvalidOperationException("A node still serves this ledger: stop every node, then hand it over.", exception);
        }

        // The sequence's next value is 1 where there is no event, else the last position + 1.
        await using var set = new NpgsqlCommand(
            """
            select case when last = 0 then setval('mt_events_sequence', 1, false) - 1 else setval('mt_events_sequence', last) end
            from (select coalesce(max(seq_id), 0) as last from mt_events) e
            """,
            connection);
        var position = (long)(await set.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return position;
    }
}
