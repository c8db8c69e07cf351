using System.Diagnostics;
using System.Globalization;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>One running server: the watchdog that is the service's child, and the server that is the watchdog's.</summary>
internal sealed class Postmaster : IDisposable
{
    private readonly Process child;
    private readonly string? pgCtl;
    private Task rest = Task.CompletedTask;

    private Postmaster(Process child, string? pgCtl)
    {
        this.child = child;
        this.pgCtl = pgCtl;
        Ended = child.WaitForExitAsync();
    }

    internal int ProcessId { get; private set; }

    /// <summary>Completes when the server is gone.</summary>
    internal Task Ended { get; }

    internal static async Task<Postmaster> StartAsync(
        ClusterFiles files, ServerBinaries binaries, Endpoint endpoint, PostgresClusterOptions options, CancellationToken cancellation)
    {
        string[] server = [binaries.Postgres, "-D", files.Data, .. ServerSettings.Arguments(files, endpoint, options)];
        var start = Command.Start(OperatingSystem.IsWindows()
            ? server
            : [.. Session(), "/bin/sh", "-c", Watchdog, "watchdog", endpoint.Host, files.StartLog, options.Temporary ? files.Home : "", .. server]);
        start.RedirectStandardError = false;
        if (OperatingSystem.IsWindows())
            start.CreateNewProcessGroup = true;

        var postmaster = new Postmaster(ServerAccount.Start(start), OperatingSystem.IsWindows() ? binaries.PgCtl : null);
        try
        {
            await postmaster.IdentifyAsync(cancellation);
            await postmaster.ReadyAsync(files, cancellation);
            return postmaster;
        }
        catch
        {
            await postmaster.StopAsync(TimeSpan.FromSeconds(10));
            postmaster.Dispose();
            throw;
        }
    }

    /// <summary>A fast shutdown, then harsher ones.</summary>
    internal async Task StopAsync(TimeSpan patience)
    {
        foreach (var signal in (string[])["INT", "QUIT", "KILL"])
        {
            await SignalAsync(signal);
            if (await WithinAsync(Ended, patience))
                break;
        }

        await GoneAsync();
    }

    internal async Task KillAsync()
    {
        await SignalAsync("KILL");
        await Ended;
        await GoneAsync();
    }

    /// <summary>Completes when the server's last process, not just its first, is gone; a new server could not start before.</summary>
    internal async Task GoneAsync()
    {
        await Ended;
        await WithinAsync(rest, TimeSpan.FromSeconds(10));
    }

    public void Dispose() => child.Dispose();

    private async Task IdentifyAsync(CancellationToken cancellation)
    {
        if (pgCtl is not null)
        {
            ProcessId = child.Id;
            rest = child.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }

        var id = await child.StandardOutput.ReadLineAsync(cancellation);
        rest = child.StandardOutput.ReadToEndAsync(CancellationToken.None);
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
            throw new PostgresClusterException("PostgreSQL could not be started: its watchdog, /bin/sh, ended at once.");
        ProcessId = processId;
    }

    // The status must be this server's own: a file left by another may say "ready" as well.
    private async Task ReadyAsync(ClusterFiles files, CancellationToken cancellation)
    {
        while (PidFile.Read(files.PidFile) is not { IsReady: true } said || said.ProcessId != ProcessId)
        {
            if (await WithinAsync(Ended, TimeSpan.FromMilliseconds(10), cancellation))
                throw new PostgresClusterException($"PostgreSQL did not start ({LastWords(files)}): see {files.Log}.");
        }
    }

    private async Task SignalAsync(string signal)
    {
        if (pgCtl is not null)
        {
            await ServerAccount.RunAsync([pgCtl, "kill", signal, ProcessId.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
            return;
        }

        try
        {
            await child.StandardInput.WriteLineAsync(signal);
            await child.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The watchdog has ended, and it ends after its server.
        }
    }

    private static async Task<bool> WithinAsync(Task task, TimeSpan time, CancellationToken cancellation = default)
    {
        try
        {
            await task.WaitAsync(time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static string LastWords(ClusterFiles files)
    {
        var lines = File.Exists(files.StartLog) ? File.ReadAllLines(files.StartLog) : [];
        var telling = lines.LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal)) ?? lines.LastOrDefault();
        return telling?.Trim() ?? "it said nothing";
    }

    // A session of its own keeps a terminal's Ctrl+C from stopping the server before the service is done with it. macOS lacks setsid, but has perl.
    private static string[] Session() =>
        Command.OnPath("setsid") is { } setsid ? [setsid]
        : Command.OnPath("perl") is { } perl ? [perl, "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or exit 127"]
        : [];

    private static readonly string Watchdog = ReadWatchdog();

    private static string ReadWatchdog()
    {
        using var reader = new StreamReader(typeof(Postmaster).Assembly.GetManifestResourceStream("watchdog.sh")!);
        return reader.ReadToEnd();
    }
}
