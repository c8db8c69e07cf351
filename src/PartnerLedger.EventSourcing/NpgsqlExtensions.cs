using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing;

/// <summary>Short forms for what the store does with Npgsql all the time.</summary>
public static class NpgsqlExtensions
{
    public static async Task<int> Execute(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Adds a positional array parameter.</summary>
    public static void AddArray<T>(this NpgsqlParameterCollection parameters, NpgsqlDbType element, T[] values) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element });

    public static T? GetNullable<T>(this NpgsqlDataReader reader, int ordinal)
        where T : class => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<T>(ordinal);
}
