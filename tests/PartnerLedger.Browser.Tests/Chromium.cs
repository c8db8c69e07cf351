using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>The browser of this machine; where there is none, tests are skipped and say how to get one.</summary>
internal static class Chromium
{
    public const string Missing = "No Chromium was found on PATH. Install it (Debian: apt-get install chromium), and the pages are tested, too.";

    // The first draws no window of its own, which takes less time.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static Task<IBrowser> Start(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Path,
        // Its sandbox does not start for root, nor in most containers; it only ever shows our own pages.
        Args = ["--no-sandbox"],
    });
}
