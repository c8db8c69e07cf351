using Npgsql;

namespace PartnerLedger.EmbeddedPostgres.Tests;

public sealed class LifeTests : IDisposable
{
    private readonly DataDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_stopped_cluster_keeps_its_data_and_leaves_no_process_or_socket()
    {
        var first = await directory.StartAsync();
        await Sql.DoAsync(first.OwnerConnectionString, "create table t as select 42 as answer");
        var server = first.ProcessId!.Value;
        await first.DisposeAsync();
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(server));
        Assert.False(Directory.Exists(new NpgsqlConnectionStringBuilder(first.OwnerConnectionString).Host));

        await using var second = await directory.StartAsync();
        Assert.Equal(42, await Sql.AskAsync<int>(second.OwnerConnectionString, "select answer from t"));
    }

    [Fact]
    public async Task A_cluster_stops_though_a_client_holds_a_transaction_open()
    {
        var cluster = await directory.StartAsync();
        await using var client = await Sql.OpenAsync(cluster.OwnerConnectionString);
        await using var transaction = await client.BeginTransactionAsync();
        await cluster.DisposeAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync());
    }

    [Fact]
    public async Task What_was_committed_outlives_a_crash()
    {
        await using var cluster = await PostgresCluster.StartAsync(directory.Options with { Durable = true });
        await Sql.DoAsync(cluster.OwnerConnectionString, "create table t (i int)");
        await Sql.DoAsync(cluster.OwnerConnectionString, "insert into t select generate_series(1, 1000)");
        await using var open = await Sql.OpenAsync(cluster.OwnerConnectionString);
        await using var transaction = await open.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand("insert into t values (-1)", open, transaction))
            await insert.ExecuteNonQueryAsync();

        await cluster.KillAsync();
        Assert.Null(cluster.ProcessId);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Sql.OpenAsync(cluster.OwnerConnectionString));
        await cluster.RestartAsync();

        Assert.Equal(500500L, await Sql.AskAsync<long>(cluster.OwnerConnectionString, "select sum(i) from t"));
    }

    [Fact]
    public async Task A_server_that_ends_by_itself_is_started_again_at_the_same_address()
    {
        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await directory.StartAsync(said =>
        {
            if (said.Contains("ended by itself", StringComparison.Ordinal))
                noticed.TrySetResult();
        });
        var (first, owner) = (cluster.ProcessId, cluster.OwnerConnectionString);
        System.Diagnostics.Process.GetProcessById(first!.Value).Kill();
        await noticed.Task;
        await cluster.RestartedAsync();

        Assert.NotEqual(first, cluster.ProcessId);
        Assert.Equal(1, await Sql.AskAsync<int>(owner, "select 1"));
        Assert.False(cluster.Lost.IsCompleted);
    }

    [Fact]
    public async Task A_server_that_cannot_be_started_again_is_reported_lost()
    {
        await using var cluster = await directory.StartAsync();
        File.Delete(Path.Combine(directory.Cluster, "global", "pg_control"));
        System.Diagnostics.Process.GetProcessById(cluster.ProcessId!.Value).Kill();

        await cluster.Lost;
        Assert.Null(cluster.ProcessId);
    }

    [Fact]
    public async Task A_killed_service_leaves_no_server_behind()
    {
        using var service = await ChildService.StartAsync(directory.Path);
        await Sql.DoAsync(service.OwnerConnectionString, "create table t as select 42 as answer");
        await service.KillAsync();
        await service.WatchdogEndedAsync();

        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(service.ServerProcessId));
        Assert.False(File.Exists(Path.Combine(directory.Cluster, "postmaster.pid")));
        Assert.False(Directory.Exists(new NpgsqlConnectionStringBuilder(service.OwnerConnectionString).Host));
        await using var next = await directory.StartAsync();
        Assert.Equal(42, await Sql.AskAsync<int>(next.OwnerConnectionString, "select answer from t"));
    }

    [Fact]
    public async Task A_killed_service_leaves_nothing_of_a_temporary_cluster_behind()
    {
        using var service = await ChildService.StartAsync(directory.Path, temporary: true);
        Assert.True(File.Exists(Path.Combine(directory.Cluster, "PG_VERSION")));
        await service.KillAsync();
        await service.WatchdogEndedAsync();

        // Empty directories, and the service's own lock, stay where the server has an account of its own.
        Assert.DoesNotContain(
            Directory.Exists(directory.Path) ? Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories) : [],
            file => Path.GetFileName(file) != "lock");
    }

    [Fact]
    public async Task A_service_started_at_once_after_a_killed_one_gets_a_server_of_its_own()
    {
        using var service = await ChildService.StartAsync(directory.Path);
        await service.KillAsync();

        await using var next = await directory.StartAsync();
        Assert.NotEqual(service.ServerProcessId, next.ProcessId);
        Assert.Equal(1, await Sql.AskAsync<int>(next.ServingConnectionString, "select 1"));
    }
}
