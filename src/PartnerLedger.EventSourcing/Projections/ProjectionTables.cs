using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>Whose version of a projection the read model in the database is.</summary>
internal enum TablesState
{
    /// <summary>This version's.</summary>
    Current,

    /// <summary>An older version's: to be rebuilt.</summary>
    Outdated,

    /// <summary>A newer version's: this node must not touch it.</summary>
    Superseded,
}

/// <summary>The schema that holds a projection's tables, beside the one a rebuild is making.</summary>
internal static class ProjectionTables
{
    /// <summary>Makes the tables where there are none; tells whose they are.</summary>
    public static async Task<TablesState> Ensure(NpgsqlDataSource database, Projection projection, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Lock(connection, projection, cancellationToken);
        var state = await State(connection, projection, cancellationToken);
        if (state is null)
        {
            await Make(connection, projection.Schema, projection, cancellationToken);
            await SetVersion(connection, projection, cancellationToken);
            await Checkpoint.Set(connection, Checkpoint.NameOf(projection), 0, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return state ?? TablesState.Current;
    }

    public static async Task<TablesState?> State(NpgsqlConnection connection, Projection projection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select version from ledger_projection where name = $1", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = projection.Name } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) switch
        {
            int version when version == projection.Version => TablesState.Current,
            int version when version < projection.Version => TablesState.Outdated,
            int => TablesState.Superseded,
            _ => null,
        };
    }

    /// <summary>Makes a schema with empty tables, whatever it held before.</summary>
    public static async Task Make(NpgsqlConnection connection, string schema, Projection projection, CancellationToken cancellationToken)
    {
        await connection.Execute($"drop schema if exists {schema} cascade; create schema {schema}", cancellationToken);
        await WriteInto(connection, schema, cancellationToken);
        await connection.Execute(projection.Tables, cancellationToken);
    }

    /// <summary>Until the transaction ends, unqualified names mean this schema's tables first.</summary>
    public static Task WriteInto(NpgsqlConnection connection, string schema, CancellationToken cancellationToken) =>
        connection.Execute($"select set_config('search_path', '{schema},' || current_setting('search_path'), true)", cancellationToken);

    public static async Task SetVersion(NpgsqlConnection connection, Projection projection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "insert into ledger_projection (name, version) values ($1, $2) on conflict (name) do update set version = excluded.version", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = projection.Name }, new NpgsqlParameter<int> { TypedValue = projection.Version } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task Lock(NpgsqlConnection connection, Projection projection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = $"tables of {projection.Name}" } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
