using System.Diagnostics;
using System.Globalization;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>One running server: the watchdog that is the service's child, and the server that is the watchdog's.</summary>
sealed class Postmaster : IDisposable
{
    readonly Process _child;
    readonly string? _pgCtl;
    Task _rest = Task.CompletedTask;

    Postmaster(Process child, string? pgCtl)
    {
        _child = child;
        _pgCtl = pgCtl;
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
        await WithinAsync(_rest, TimeSpan.FromSeconds(10));
    }

    public void Dispose() => _child.Dispose();

    async Task IdentifyAsync(CancellationToken cancellation)
    {
        if (_pgCtl is not null)
        {
            ProcessId = _child.Id;
            _rest = _child.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }

        var id = await _child.StandardOutput.ReadLineAsync(cancellation);
        _rest = _child.StandardOutput.ReadToEndAsync(CancellationToken.None);
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
            throw new PostgresClusterException("PostgreSQL could not be started: its watchdog, /bin/sh, ended at once.");
        ProcessId = processId;
    }

    // The status must be this server's own: a file left by another may say "ready" as well.
    async Task ReadyAsync(ClusterFiles files, CancellationToken cancellation)
    {
        while (PidFile.Read(files.PidFile) is not { IsReady: true } said || said.ProcessId != ProcessId)
        {
            if (await WithinAsync(Ended, TimeSpan.FromMilliseconds(10), cancellation))
                throw new PostgresClusterException($"PostgreSQL did not start ({LastWords(files)}): see {files.Log}.");
        }
    }

    async Task SignalAsync(string signal)
    {
        if (_pgCtl is not null)
        {
            await ServerAccount.RunAsync([_pgCtl, "kill", signal, ProcessId.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
            return;
        }

        try
        {
            await _child.StandardInput.WriteLineAsync(signal);
            await _child.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The watchdog has ended, and it ends after its server.
        }
    }

    static async Task<bool> WithinAsync(Task task, TimeSpan time, CancellationToken cancellation = default)
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

    static string LastWords(ClusterFiles files)
    {
        var lines = File.Exists(files.StartLog) ? File.ReadAllLines(files.StartLog) : [];
        var telling = lines.LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal)) ?? lines.LastOrDefault();
        return telling?.Trim() ?? "it said nothing";
    }

    // A session of its own keeps a terminal's Ctrl+C from stopping the server before the service is done with it. macOS lacks setsid, but has perl.
    static string[] Session() =>
        Command.OnPath("setsid") is { } setsid ? [setsid]
        : Command.OnPath("perl") is { } perl ? [perl, "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or exit 127"]
        : [];

    static readonly string Watchdog = ReadWatchdog();

    static string ReadWatchdog()
    {
        using var reader = new StreamReader(typeof(Postmaster).Assembly.GetManifestResourceStream("watchdog.sh")!);
        return reader.ReadToEnd();
    }
}
