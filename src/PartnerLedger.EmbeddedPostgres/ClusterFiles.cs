using System.Globalization;
using System.Security.Cryptography;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>What lies in the data directory: the cluster, its log, the lock.</summary>
internal sealed class ClusterFiles(string dataDirectory)
{
    internal const string Superuser = "postgres";

    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    internal string Home { get; } = dataDirectory;
    internal string Data { get; } = Path.Combine(dataDirectory, "cluster");
    internal string Log { get; } = Path.Combine(dataDirectory, "log");
    internal string StartLog => Path.Combine(Log, "start.log");
    internal string PasswordFile { get; } = Path.Combine(dataDirectory, "password");
    internal string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Held while a service uses the directory; the system lets go of it however the service ends.</summary>
    internal FileStream Lock()
    {
        try
        {
            MakeHome();
            return new FileStream(Path.Combine(Home, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PostgresClusterException($"The data directory {Home} may not be written by this user: choose another or change its owner.", e);
        }
        catch (IOException e) when (e.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            throw new PostgresClusterException($"Another service uses the data directory {Home}: stop it, or give this one a data directory of its own.", e);
        }
        catch (IOException e)
        {
            throw new PostgresClusterException($"The data directory {Home} could not be made: {e.Message}", e);
        }
    }

    // The server's account has to pass through it, whatever the service's umask is.
    private void MakeHome()
    {
        if (ServerAccount.IsForeign && !OperatingSystem.IsWindows() && !Directory.Exists(Home))
        {
            Directory.CreateDirectory(Home);
            File.SetUnixFileMode(
                Home,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
        else
        {
            Directory.CreateDirectory(Home);
        }
    }

    /// <summary>The major version that made the cluster, or null where there is none yet.</summary>
    internal int? MajorVersion()
    {
        if (!Directory.Exists(Data))
            return null;
        try
        {
            return int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new PostgresClusterException(
                $"{Data} is not a PostgreSQL cluster that this user may read: start the service as its owner, or choose another data directory.", e);
        }
    }

    /// <summary>Made beside and renamed when whole, so that an interrupted start leaves nothing that looks like a cluster.</summary>
    internal async Task MakeAsync(ServerBinaries binaries, bool durable, CancellationToken cancellation)
    {
        var making = $"{Data}.making-{Path.GetRandomFileName()}";
        Directory.CreateDirectory(making);
        try
        {
            await ServerAccount.GiveAsync(making, cancellation);
            await ServerAccount.RequireEntryAsync(making, cancellation);
            await FillAsync(making, binaries, durable, cancellation);
            Directory.Move(making, Data);
        }
        catch
        {
            TryClearInterrupted();
            throw;
        }
    }

    private async Task FillAsync(string making, ServerBinaries binaries, bool durable, CancellationToken cancellation)
    {
        List<string> initdb = [binaries.Initdb, "-D", making, "-U", Superuser, "-E", "UTF8", .. Locale(binaries.MajorVersion), .. Access()];
        if (!durable)
            initdb.Add("--no-sync");
        Require(await ServerAccount.RunAsync(initdb, cancellation));

        // In single-user mode the roles are there before the cluster has its name, and no server has to be started for them.
        List<string> single = [binaries.Postgres, "--single", "-D", making, "-c", "exit_on_error=on", "-c", "log_checkpoints=off"];
        if (!durable)
            single.AddRange(["-c", "fsync=off"]);
        Require(await ServerAccount.RunAsync([.. single, "postgres"], cancellation, Roles()));
    }

    // A killed initdb's own children may still be writing; the next start clears what they leave.
    private void TryClearInterrupted()
    {
        try
        {
            ClearInterrupted();
        }
        catch (IOException)
        {
        }
    }

    internal void ClearInterrupted()
    {
        foreach (var left in Directory.EnumerateDirectories(Home, "cluster.making-*"))
            Directory.Delete(left, recursive: true);
    }

    // Sorted by code point everywhere, with letters known beyond ASCII where the version or the system has them without a language.
    private static string[] Locale(int majorVersion) =>
        majorVersion >= 17 ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        : OperatingSystem.IsLinux() ? ["--locale=C", "--lc-ctype=C.UTF-8"]
        : ["--locale=C"];

    private string[] Access()
    {
        if (!OperatingSystem.IsWindows())
            return ["--auth=trust"];
        File.WriteAllText(PasswordFile, RandomNumberGenerator.GetHexString(32));
        return ["--auth=scram-sha-256", $"--pwfile={PasswordFile}"];
    }

    private string Roles()
    {
        using var reader = new StreamReader(typeof(ClusterFiles).Assembly.GetManifestResourceStream("new-cluster.sql")!);
        var sql = reader.ReadToEnd();
        return OperatingSystem.IsWindows()
            ? sql.Replace(" login;", $" login password '{File.ReadAllText(PasswordFile)}';", StringComparison.Ordinal)
            : sql;
    }

    private void Require(CommandResult made)
    {
        if (made.ExitCode != 0)
            throw new PostgresClusterException($"PostgreSQL could not make its cluster in {Home}: {made.Complaint}");
    }
}
