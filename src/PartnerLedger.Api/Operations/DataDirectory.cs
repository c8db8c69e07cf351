namespace PartnerLedger.Api.Operations;

/// <summary>The folder for what the service keeps on this machine; readable by its user alone.</summary>
internal static class DataDirectory
{
    public static string Of(IConfiguration configuration)
    {
        var path = configuration["Ledger:DataDirectory"] is { Length: > 0 } setting
            ? Path.GetFullPath(setting)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "PartnerLedger");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
