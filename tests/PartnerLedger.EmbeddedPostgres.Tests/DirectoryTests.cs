using System.Diagnostics;
using System.Globalization;

namespace PartnerLedger.EmbeddedPostgres.Tests;

public sealed class DirectoryTests : IDisposable
{
    private readonly DataDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_second_service_on_the_same_directory_is_refused_and_the_first_goes_on()
    {
        await using var first = await directory.StartAsync();

        var refusal = await Assert.ThrowsAsync<PostgresClusterException>(() => directory.StartAsync());
        Assert.StartsWith("Another service uses the data directory", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Sql.AskAsync<int>(first.ServingConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_half_made_cluster_is_thrown_away_and_made_anew()
    {
        var half = Path.Combine(directory.Path, "cluster.making-half");
        Directory.CreateDirectory(half);
        await File.WriteAllTextAsync(Path.Combine(half, "PG_VERSION"), "15");

        await using var cluster = await directory.StartAsync();
        Assert.False(Directory.Exists(half));
        Assert.Equal(1, await Sql.AskAsync<int>(cluster.ServingConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_start_cancelled_while_the_cluster_is_made_leaves_none()
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PostgresCluster.StartAsync(
            directory.Options,
            said =>
            {
                if (said.StartsWith("Making", StringComparison.Ordinal))
                    cancellation.Cancel();
            },
            cancellation.Token));

        Assert.False(Directory.Exists(directory.Cluster));
        await using var cluster = await directory.StartAsync();
        Assert.Equal(1, await Sql.AskAsync<int>(cluster.ServingConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_pid_file_that_names_another_program_is_no_hindrance()
    {
        await (await directory.StartAsync()).DisposeAsync();
        using var other = Process.Start(new ProcessStartInfo("/bin/cat") { RedirectStandardInput = true, UseShellExecute = false })!;
        await WritePidFileAsync(other.Id);

        await using (var cluster = await directory.StartAsync())
            Assert.Equal(1, await Sql.AskAsync<int>(cluster.ServingConnectionString, "select 1"));

        Assert.False(other.HasExited);
        other.StandardInput.Close();
        await other.WaitForExitAsync();
    }

    [Fact]
    public async Task A_pid_file_that_names_another_clusters_server_leaves_that_server_alone()
    {
        await using var other = await PostgresCluster.StartTemporaryAsync();
        await (await directory.StartAsync()).DisposeAsync();
        await WritePidFileAsync(other.ProcessId!.Value);

        await using var cluster = await directory.StartAsync();
        Assert.Equal(1, await Sql.AskAsync<int>(other.ServingConnectionString, "select 1"));
        Assert.Equal(1, await Sql.AskAsync<int>(cluster.ServingConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_server_that_lost_its_watchdog_is_ended_by_the_next_start()
    {
        using var service = await ChildService.StartAsync(directory.Path);
        await KillWatchdogAsync(service.ServerProcessId);
        await service.KillAsync();
        using var orphan = Process.GetProcessById(service.ServerProcessId);
        Assert.False(orphan.HasExited);

        var said = new List<string>();
        await using var next = await directory.StartAsync(said.Add);
        await orphan.WaitForExitAsync();
        Assert.Equal([$"Ending the PostgreSQL (process {service.ServerProcessId}) that an earlier run of the service left behind."], said);
        Assert.Equal(1, await Sql.AskAsync<int>(next.ServingConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_named_in_one_sentence()
    {
        await (await directory.StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(directory.Cluster, "PG_VERSION"), "9\n");

        var refusal = await Assert.ThrowsAsync<PostgresClusterException>(() => directory.StartAsync());
        Assert.StartsWith("The data directory was made by PostgreSQL 9, and here is only PostgreSQL ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_data_directory_with_odd_characters_works()
    {
        var path = Path.Combine(directory.Path, "a 'quoted' \"name\" ü", new string('x', 120), new string('y', 120));
        await using var cluster = await PostgresCluster.StartAsync(directory.Options with { DataDirectory = path });

        Assert.Equal(1, await Sql.AskAsync<int>(cluster.ServingConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_setting_that_the_server_does_not_know_is_named()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["no_such_setting"] = "1" };

        var refusal = await Assert.ThrowsAsync<PostgresClusterException>(
            () => PostgresCluster.StartAsync(directory.Options with { Settings = settings }));
        Assert.Contains("no_such_setting", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_reaches_the_server()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "17" };
        await using var cluster = await PostgresCluster.StartAsync(directory.Options with { Settings = settings });

        Assert.Equal("17", await Sql.AskAsync<string>(cluster.ServingConnectionString, "select current_setting('max_connections')"));
    }

    [Fact]
    public async Task A_temporary_cluster_takes_its_directory_with_it()
    {
        var cluster = await PostgresCluster.StartTemporaryAsync();
        var data = await Sql.AskAsync<string>(cluster.Connections.Superuser, "select current_setting('data_directory')");
        Assert.True(Directory.Exists(data));
        await cluster.DisposeAsync();

        Assert.False(Directory.Exists(Path.GetDirectoryName(data)));
    }

    private Task WritePidFileAsync(int processId) => File.WriteAllTextAsync(
        Path.Combine(directory.Cluster, "postmaster.pid"), processId.ToString(CultureInfo.InvariantCulture) + "\n/elsewhere\n1\n5432\n/tmp\n\n\nready\n");

    // The shell that waits for the server, and first the one that waits for the service.
    private static async Task KillWatchdogAsync(int server)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells a process's parent.");
        var watchdog = await ParentAsync(server);
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (process.Id != server && await ParentAsync(process.Id) == watchdog)
                    process.Kill();
            }
        }

        using var last = Process.GetProcessById(watchdog);
        last.Kill();
    }

    private static async Task<int> ParentAsync(int processId)
    {
        string stat;
        try
        {
            stat = await File.ReadAllTextAsync($"/proc/{processId}/stat");
        }
        catch (IOException)
        {
            return 0;
        }

        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
