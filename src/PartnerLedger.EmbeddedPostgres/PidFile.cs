using System.Diagnostics;
using System.Globalization;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>What a server wrote about itself into its cluster.</summary>
internal sealed record PidFile(int ProcessId, bool IsReady)
{
    private const int StatusLine = 7;

    internal static PidFile? Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            return lines.Length > 0 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? new PidFile(id, lines.Length > StatusLine && lines[StatusLine].TrimEnd() == "ready")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Ends a server that a killed service left behind, or clears the file of one that is long gone.</summary>
    /// <remarks>Only with the data directory's lock held: no other service can be starting a server here.</remarks>
    internal static async Task EndOrphanAsync(ClusterFiles files, ServerBinaries binaries, Action<string> progress, CancellationToken cancellation)
    {
        if (Read(files.PidFile) is not { } left)
            return;
        // After a restart of the machine or container the number may be another program's, for which the server would wait in vain.
        if (!await IsServerOfAsync(left.ProcessId, files.Data, cancellation))
        {
            File.Delete(files.PidFile);
            return;
        }

        progress($"Ending the PostgreSQL (process {left.ProcessId}) that an earlier run of the service left behind.");
        foreach (var mode in (string[])["fast", "immediate"])
        {
            await ServerAccount.RunAsync([binaries.PgCtl, "stop", "-D", files.Data, "-m", mode, "-w", "-t", "60"], cancellation);
            if (Read(files.PidFile) is null || !await IsServerOfAsync(left.ProcessId, files.Data, cancellation))
                return;
        }

        throw new PostgresClusterException(
            $"The PostgreSQL (process {left.ProcessId}) that an earlier run left behind in {files.Data} does not end: end it by hand.");
    }

    private static async Task<bool> IsServerOfAsync(int processId, string data, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            if (process.HasExited || !process.ProcessName.StartsWith("postgres", StringComparison.Ordinal))
                return false;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }

        // A server stands in its own data directory; where the system does not tell, its name has to do.
        // Asked as the server's account: in a container root may not look at other users' processes.
        return !Directory.Exists("/proc/self")
            || (await ServerAccount.RunAsync(["/bin/sh", "-c", "test \"/proc/$1/cwd\" -ef \"$2\"", "sh", $"{processId}", data], cancellation)).ExitCode == 0;
    }
}
