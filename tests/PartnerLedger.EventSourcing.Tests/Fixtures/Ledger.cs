using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.EventSourcing.Tests.Fixtures;

/// <summary>A ledger of a test class, the nodes that serve it, and a look behind them.</summary>
public sealed class Ledger(Cluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<IAsyncDisposable> open = [];
    private int nodes;

    public DatabaseConnections Connections { get; private set; } = null!;
    public NpgsqlDataSource Owner { get; private set; } = null!;
    public NpgsqlDataSource Superuser { get; private set; } = null!;
    public NpgsqlDataSource Serving { get; private set; } = null!;
    public EventStore Store => new(Serving);

    public async ValueTask InitializeAsync()
    {
        Connections = await cluster.NewDatabase();
        Owner = Keep(NpgsqlDataSource.Create(Connections.Owner));
        Superuser = Keep(NpgsqlDataSource.Create(Connections.Superuser));
        Serving = NewServing("reader");
    }

    /// <summary>Connections as the service makes them: kept as they are when they go back to the pool.</summary>
    public NpgsqlDataSource NewServing(string name, string? connections = null) =>
        Keep(NpgsqlDataSource.Create($"{connections ?? Connections.Serving};Application Name={name};No Reset On Close=true;Max Auto Prepare=50"));

    public Node NewNode(AppendQueueOptions? options = null, string? connections = null)
    {
        var name = $"node {Interlocked.Increment(ref nodes)}";
        var database = NewServing(name, connections);
        var queue = Keep(new AppendQueue(database, options ?? new AppendQueueOptions(), NullLogger<AppendQueue>.Instance));
        return new Node(name, database, queue);
    }

    /// <summary>Holds the head row, so that every append waits until this is disposed.</summary>
    public async Task<NpgsqlConnection> HoldHead()
    {
        var connection = await Owner.OpenConnectionAsync();
        await connection.Execute("begin; select position from ledger_head for update", CancellationToken.None);
        return connection;
    }

    /// <summary>Completes when the node's append waits for the head row.</summary>
    public Task UntilWaiting(Node node) =>
        Until("select exists (select from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock')", node.Name);

    public async Task Until(string sql, params object[] parameters)
    {
        var began = Stopwatch.GetTimestamp();
        while (await One<bool>(sql, parameters) is false)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"Did not come about in time: {sql}");
            await Task.Yield();
        }
    }

    /// <summary>Ends the node's sessions on the server; completes when they have ended.</summary>
    public Task Terminate(Node node) => One<object>(
        "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity where application_name = $1 and datname = current_database()", node.Name);

    public async Task<T> One<T>(string sql, params object[] parameters)
    {
        await using var command = Superuser.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Writes an informant down, as an append that names one does, and gives the id.</summary>
    public Task<Guid> Informant(string word) =>
        One<Guid>("insert into ledger_person (id, kind, issuer, subject) values (gen_random_uuid(), 'informant', '', $1) returning id", word);

    public async Task Execute(string sql)
    {
        await using var command = Superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public T Keep<T>(T disposable)
        where T : IAsyncDisposable
    {
        lock (open)
        {
            open.Add(disposable);
        }

        return disposable;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var disposable in open.AsEnumerable().Reverse())
        {
            await disposable.DisposeAsync();
        }

        await cluster.Server.DropDatabaseAsync(Connections.Name);
    }
}

/// <summary>One node of the service: its connections, and its way into the ledger.</summary>
public sealed record Node(string Name, NpgsqlDataSource Database, AppendQueue Queue)
{
    public Task<CommandOutcome> Submit(StreamCommand command) => Queue.Submit(command, CancellationToken.None);

    public async Task<CommandOutcome.Appended> Append(StreamCommand command) => Assert.IsType<CommandOutcome.Appended>(await Submit(command));
}
