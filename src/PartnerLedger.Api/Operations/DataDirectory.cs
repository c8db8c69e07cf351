namespace PartnerLedger.Api.Operations;

/// <summary>The folder for what the service keeps on this machine: the embedded database, and secrets that its user alone may read.</summary>
internal static class DataDirectory
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // PostgreSQL runs under an account of its own when the service is root, and has to pass through.
    private const UnixFileMode Passable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public static string Of(IConfiguration configuration)
    {
        var path = configuration["Ledger:DataDirectory"] is { Length: > 0 } setting ? Path.GetFullPath(setting)
            : IsRoot ? "/var/lib/partnerledger"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "partnerledger");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, Private);
            File.SetUnixFileMode(path, IsRoot ? Passable : Private);
        }

        return path;
    }
}
