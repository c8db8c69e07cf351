using System.ComponentModel;

namespace PartnerLedger.EmbeddedPostgres;

/// <summary>Runs the server's programs as the user they accept: PostgreSQL refuses root, so root's service runs them as postgres.</summary>
internal static class ServerAccount
{
    private const string Name = "postgres";

    internal static bool IsForeign { get; } = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();

    internal static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> command, CancellationToken cancellation, string input = "")
    {
        var start = Command.Start(command);
        if (IsForeign)
            start.UserName = Name;
        try
        {
            return await Command.RunAsync(start, cancellation, input);
        }
        catch (Win32Exception e) when (IsForeign)
        {
            throw Missing(e);
        }
    }

    internal static System.Diagnostics.Process Start(System.Diagnostics.ProcessStartInfo start)
    {
        if (IsForeign)
            start.UserName = Name;
        try
        {
            return System.Diagnostics.Process.Start(start)!;
        }
        catch (Win32Exception e) when (IsForeign)
        {
            throw Missing(e);
        }
    }

    internal static async Task GiveAsync(string directory, CancellationToken cancellation)
    {
        if (!IsForeign)
            return;
        var chown = await Command.RunAsync(Command.Start(["chown", "-h", Name, directory]), cancellation);
        if (chown.ExitCode != 0)
            throw new PostgresClusterException(
                $"PostgreSQL does not run as root and {directory} could not be given to the user {Name} ({chown.Complaint}): "
                + "start the service as an ordinary user, or add that user.");
    }

    internal static async Task RequireEntryAsync(string directory, CancellationToken cancellation)
    {
        if (!IsForeign)
            return;
        var entry = await RunAsync(["/bin/sh", "-c", "cd -- \"$1\" && test -w . -a -O .", "sh", directory], cancellation);
        if (entry.ExitCode != 0)
            throw new PostgresClusterException(
                $"PostgreSQL does not run as root but as the user {Name}, who may not enter {directory} or does not own it: "
                + $"choose a data directory whose parents all users may enter, run chown -R {Name} on what is in it, or start the service as its owner.");
    }

    private static PostgresClusterException Missing(Exception cause) => new(
        $"PostgreSQL does not run as root and could not be started as the user {Name}: start the service as an ordinary user, or add that user.",
        cause);
}
