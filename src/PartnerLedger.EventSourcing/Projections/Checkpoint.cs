using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>How far a projection has come: a row of <c>mt_event_progression</c>, moved in the transaction that writes its read model.</summary>
internal static class Checkpoint
{
    public static string NameOf(Projection projection) => $"ledger/{projection.Name}";

    public static string NameOfNext(Projection projection) => $"ledger/{projection.Name}/next";

    public static async Task<long> Read(NpgsqlConnection connection, string name, CancellationToken cancellationToken, bool locked = false)
    {
        await using var command = new NpgsqlCommand(
            "select last_seq_id from mt_event_progression where name = $1" + (locked ? " for update" : ""), connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = name } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException($"There is no checkpoint {name}."));
    }

    /// <summary>Makes the checkpoint, or sets it whatever it was.</summary>
    public static async Task Set(NpgsqlConnection connection, string name, long position, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into mt_event_progression (name, last_seq_id) values ($1, $2)
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp()
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = name }, new NpgsqlParameter<long> { TypedValue = position } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
