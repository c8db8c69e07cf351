using System.Diagnostics;
using System.Globalization;

namespace PartnerLedger.EmbeddedPostgres.Tests;

/// <summary>A service in a process of its own, so that a test can kill it.</summary>
internal sealed class ChildService : IDisposable
{
    private readonly Process process;

    private ChildService(Process process) => this.process = process;

    public int ServerProcessId { get; private init; }
    public string OwnerConnectionString { get; private init; } = "";

    public static async Task<ChildService> StartAsync(string dataDirectory, bool temporary = false)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "PartnerLedger.EmbeddedPostgres.Tests");
        var process = Process.Start(new ProcessStartInfo(program, ["serve", dataDirectory, .. temporary ? ["temporary"] : Array.Empty<string>()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var line = await process.StandardOutput.ReadLineAsync();
        return new ChildService(process)
        {
            ServerProcessId = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? id
                : throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()),
            OwnerConnectionString = await process.StandardOutput.ReadLineAsync() ?? "",
        };
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>The watchdog shares the service's stderr, so its end is the watchdog's, which comes after its server's.</summary>
    public Task WatchdogEndedAsync() => process.StandardError.ReadToEndAsync();

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
