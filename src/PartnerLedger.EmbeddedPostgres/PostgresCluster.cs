using System.Security.Cryptography;
using Npgsql;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>A private PostgreSQL that the service makes, starts and watches in its data directory, and stops when it stops.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Database = "partnerledger";

    private readonly PostgresClusterOptions options;
    private readonly Action<string> progress;
    private readonly FileStream directoryLock;
    private readonly ClusterFiles files;
    private readonly ServerBinaries binaries;
    private readonly Endpoint endpoint;
    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopping = new();
    // Held while the server goes up or down, so that the watch and a caller never do either at once.
    private readonly SemaphoreSlim turn = new(1);
    private Postmaster? postmaster;
    private bool disposed;

    private PostgresCluster(
        PostgresClusterOptions options, Action<string> progress, FileStream @lock, ClusterFiles files, ServerBinaries binaries, Endpoint endpoint)
    {
        (this.options, this.progress, directoryLock, this.files, this.binaries, this.endpoint) = (options, progress, @lock, files, binaries, endpoint);
        Connections = ConnectionsTo(Database);
    }

    /// <summary>The connection strings to the ledger's own database.</summary>
    public DatabaseConnections Connections { get; }

    /// <summary>For migrations: the role that owns the ledger's database.</summary>
    public string OwnerConnectionString => Connections.Owner;

    /// <summary>For everything else: the role that may only connect until a migration grants it more.</summary>
    public string ServingConnectionString => Connections.Serving;

    /// <summary>Completes when the server ended by itself and could not be started again.</summary>
    public Task Lost => lost.Task;

    /// <summary>The server's process, or null while it is down.</summary>
    public int? ProcessId => postmaster?.ProcessId;

    /// <summary>The version of PostgreSQL that runs.</summary>
    public int MajorVersion => binaries.MajorVersion;

    /// <summary>Starts the cluster, and makes it first where there is none.</summary>
    public static async Task<PostgresCluster> StartAsync(
        PostgresClusterOptions options, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        progress ??= _ => { };
        var files = new ClusterFiles(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataDirectory)));
        var @lock = files.Lock();
        Endpoint? endpoint = null;
        try
        {
            files.ClearInterrupted();
            var made = files.MajorVersion();
            var binaries = await ServerBinaries.Find(
                options.ProgramsDirectory ?? files.Home, made, ServerBinaries.Candidates(), progress, cancellation);
            if (made is null)
            {
                progress($"Making a PostgreSQL {binaries.MajorVersion} cluster in {files.Home}.");
                await files.MakeAsync(binaries, options.Durable, cancellation);
            }
            else
            {
                await ServerAccount.RequireEntryAsync(files.Data, cancellation);
            }

            Directory.CreateDirectory(files.Log);
            await ServerAccount.GiveAsync(files.Log, cancellation);
            endpoint = await Endpoint.OpenAsync(files.PasswordFile, cancellation);
            var cluster = new PostgresCluster(options, progress, @lock, files, binaries, endpoint);
            await cluster.LaunchAsync(cancellation);
            return cluster;
        }
        catch
        {
            endpoint?.Close();
            await @lock.DisposeAsync();
            throw;
        }
    }

    /// <summary>A throw-away cluster for tests, not durable; its directory goes with it.</summary>
    public static Task<PostgresCluster> StartTemporaryAsync(
        IReadOnlyDictionary<string, string>? settings = null, CancellationToken cancellation = default)
    {
        var directory = Path.Combine(TemporaryFiles.Directory, "partnerledger-" + RandomNumberGenerator.GetHexString(16, lowercase: true));
        return StartAsync(
            new PostgresClusterOptions
            {
                DataDirectory = directory,
                Durable = false,
                Temporary = true,
                Settings = settings ?? new Dictionary<string, string>(StringComparer.Ordinal),
                ProgramsDirectory = ServerAccount.IsForeign
                    ? "/var/cache/partnerledger"
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "partnerledger"),
            },
            cancellation: cancellation);
    }

    /// <summary>The connection strings to a database of this cluster.</summary>
    public DatabaseConnections ConnectionsTo(string database) => new(
        database,
        endpoint.ConnectionString("partnerledger_owner", database),
        endpoint.ConnectionString("partnerledger", database),
        endpoint.ConnectionString(ClusterFiles.Superuser, database));

    /// <summary>Makes a database like the ledger's own, empty or as a copy of another that nobody is connected to.</summary>
    public async Task<DatabaseConnections> CreateDatabaseAsync(string name, string? template = null, CancellationToken cancellation = default)
    {
        var (made, copied) = (Quoted(name), Quoted(template ?? "template1"));
        await ExecuteAsync(
            [
                $"create database {made} owner partnerledger_owner template {copied} strategy wal_log",
                $"revoke all on database {made} from public",
                $"grant connect on database {made} to partnerledger",
            ],
            cancellation);
        return ConnectionsTo(name);
    }

    /// <summary>Drops a database, whoever is connected to it.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancellation = default) =>
        ExecuteAsync([$"drop database if exists {Quoted(name)} with (force)"], cancellation);

    /// <summary>Kills the server as a crash would; it stays down until <see cref="RestartAsync"/>.</summary>
    public Task KillAsync() => DownAsync(postmaster => postmaster.KillAsync());

    /// <summary>Stops the server if it runs, and starts it again at the same connection strings.</summary>
    public async Task RestartAsync(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        await DownAsync(postmaster => postmaster.StopAsync(options.StopTimeout));
        await turn.WaitAsync(cancellation);
        try
        {
            await LaunchAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Completes when a restart that is under way has come to its end.</summary>
    internal async Task RestartedAsync(CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await stopping.CancelAsync();
        await DownAsync(postmaster => postmaster.StopAsync(options.StopTimeout));
        endpoint.Close();
        await directoryLock.DisposeAsync();
        if (options.Temporary)
            Directory.Delete(files.Home, recursive: true);
        stopping.Dispose();
    }

    private async Task LaunchAsync(CancellationToken cancellation)
    {
        await PidFile.EndOrphanAsync(files, binaries, progress, cancellation);
        postmaster = await Postmaster.StartAsync(files, binaries, endpoint, options, cancellation);
        _ = WatchAsync(postmaster);
    }

    private async Task DownAsync(Func<Postmaster, Task> how)
    {
        await turn.WaitAsync();
        try
        {
            if (this.postmaster is not { } postmaster)
                return;
            // Taken away first, so that the watch knows this end was meant.
            this.postmaster = null;
            await how(postmaster);
            postmaster.Dispose();
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task WatchAsync(Postmaster postmaster)
    {
        await postmaster.GoneAsync();
        try
        {
            await turn.WaitAsync(stopping.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return;
        }

        try
        {
            if (this.postmaster != postmaster)
                return;
            this.postmaster = null;
            postmaster.Dispose();
            progress("PostgreSQL ended by itself: starting it again.");
            await LaunchAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The service stops: nobody is left to miss the server.
        }
        catch (Exception e)
        {
            // Whoever holds the cluster hears of it through Lost: this runs beside every caller.
            progress($"PostgreSQL ended by itself and did not start again: {e.Message}");
            lost.TrySetResult();
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellation)
    {
        var connections = new NpgsqlConnectionStringBuilder(ConnectionsTo("postgres").Superuser) { Pooling = false };
        await using var connection = new NpgsqlConnection(connections.ConnectionString);
        await connection.OpenAsync(cancellation);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
