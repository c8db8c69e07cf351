using Npgsql;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>What the tests do behind the service's back.</summary>
internal static class Sql
{
    public static async Task<object?> Run(string connection, string sql, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }
}
