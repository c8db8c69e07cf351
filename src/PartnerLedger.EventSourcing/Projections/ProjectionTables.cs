using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>Whose version of a projection the read model in the database is.</summary>
internal enum TablesState
{
    /// <summary>There are no tables yet.</summary>
    Missing,

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
    public static async Task<TablesState> Ensure(NpgsqlConnection connection, Projection projection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Lock(connection, projection, cancellationToken);
        var state = await State(connection, projection, cancellationToken);
        if (state == TablesState.Missing)
        {
            await Make(connection, projection.Schema, projection, cancellationToken);
            await SetVersion(connection, projection, cancellationToken);
            await Checkpoint.Set(connection, Checkpoint.NameOf(projection), 0, cancellationToken);
            state = TablesState.Current;
        }

        await transaction.CommitAsync(cancellationToken);
        return state;
    }

    // A backup may have left the read models out: without their schema there is no version, and they are made anew.
    public static NpgsqlBatchCommand VersionQuery(Projection projection) =>
        new("select version from ledger_projection where name = $1 and to_regnamespace($2) is not null")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = projection.Name }, new NpgsqlParameter<string> { TypedValue = projection.Schema } },
        };

    public static async Task<TablesState> ReadState(NpgsqlDataReader reader, Projection projection, CancellationToken cancellationToken) =>
        !await reader.ReadAsync(cancellationToken) ? TablesState.Missing
        : reader.GetInt32(0).CompareTo(projection.Version) switch
        {
            < 0 => TablesState.Outdated,
            0 => TablesState.Current,
            > 0 => TablesState.Superseded,
        };

    public static async Task<TablesState> State(NpgsqlConnection connection, Projection projection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { VersionQuery(projection) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadState(reader, projection, cancellationToken);
    }

    /// <summary>Makes a schema with empty tables, whatever it held before.</summary>
    public static Task Make(NpgsqlConnection connection, string schema, Projection projection, CancellationToken cancellationToken) =>
        connection.Execute(
            $"""
            drop schema if exists {schema} cascade;
            create schema {schema};
            select set_config('search_path', '{schema},' || current_setting('search_path'), true);
            {projection.Tables}
            """,
            cancellationToken);

    /// <summary>Lets the server look at what the tables of a schema hold, by which it plans.</summary>
    public static Task Analyze(NpgsqlConnection connection, string schema, CancellationToken cancellationToken) =>
        connection.Execute(
            $"""
            do $$
            declare
                name text;
            begin
                for name in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = '{schema}' loop
                    execute 'analyze ' || name;
                end loop;
            end
            $$
            """,
            cancellationToken);

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
