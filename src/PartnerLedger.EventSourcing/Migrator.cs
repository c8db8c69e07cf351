using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>Brings a database to this version's tables: numbered migrations, forward only, one node at a time.</summary>
public static class Migrator
{
    private const long MigrationLock = 0x504C_4D49_4752_4154;

    /// <summary>Applies what is missing and grants the serving role its rights; several nodes may call it at once.</summary>
    /// <param name="owner">Connections of the role that owns the tables.</param>
    /// <param name="servingRole">The role that will serve.</param>
    /// <exception cref="InvalidOperationException">The database was migrated by a newer version, or a migration was changed after it was applied.</exception>
    public static async Task Migrate(NpgsqlDataSource owner, string servingRole, ILogger logger, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.Execute($"select pg_advisory_xact_lock({MigrationLock})", cancellationToken);
        await connection.Execute(
            "create table if not exists ledger_migration (number int primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())",
            cancellationToken);

        var applied = await Applied(connection, cancellationToken);
        var known = SqlFiles.Migrations().ToList();
        if (applied.Keys.Except(known.Select(m => m.Number)).Any())
        {
            throw new InvalidOperationException($"The database is at migration {applied.Keys.Max()}, newer than this version's {known[^1].Number}: start a newer version.");
        }

        foreach (var (number, name, sql) in known)
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (applied.TryGetValue(number, out var before))
            {
                if (before != digest)
                {
                    throw new InvalidOperationException($"Migration {name} was changed after it had been applied to this database.");
                }

                continue;
            }

            await connection.Execute(sql, cancellationToken);
            await using var insert = new NpgsqlCommand("insert into ledger_migration (number, name, sha256) values ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = number }, new() { Value = name }, new() { Value = digest } },
            };
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await Grant(connection, servingRole, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (known.Count > applied.Count)
        {
            Log.Migrated(logger, known.Count - applied.Count, known[^1].Name);
        }
    }

    private static async Task<Dictionary<int, string>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, string>();
        await using var command = new NpgsqlCommand("select number, sha256 from ledger_migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private static async Task Grant(NpgsqlConnection connection, string servingRole, CancellationToken cancellationToken)
    {
        await using var names = new NpgsqlCommand(
            "select quote_ident($1), quote_ident(current_schema()), quote_ident(current_database()), current_user = $1", connection)
        {
            Parameters = { new() { Value = servingRole } },
        };
        string role, schema, database;
        await using (var reader = await names.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            if (reader.GetBoolean(3))
            {
                return;
            }

            (role, schema, database) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
        }

        var sql = SqlFiles.Read(typeof(Migrator).Assembly, "grants.sql")
            .Replace("{role}", role, StringComparison.Ordinal)
            .Replace("{schema}", schema, StringComparison.Ordinal)
            .Replace("{database}", database, StringComparison.Ordinal);
        await connection.Execute(sql, cancellationToken);
    }
}
