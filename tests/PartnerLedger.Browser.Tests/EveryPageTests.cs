using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What holds of every page: it fits, anybody can use it, it is small, and it keeps to its own policy.</summary>
public sealed class EveryPageTests(SampleSite site)
{
    private const int LargestPage = 150 * 1024;

    /// <summary>For a person to look at.</summary>
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "screenshots");

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Fits_the_window_and_hinders_nobody(int width, ColorScheme scheme)
    {
        Directory.CreateDirectory(Pictures);
        var found = new List<string>();
        foreach (var pages in site.Pages.GroupBy(page => page.Role))
        {
            await using var visitor = await site.VisitAs(pages.Key, width, scheme);
            foreach (var (role, path) in pages)
            {
                var response = await visitor.Open(path);
                await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{role}{FileName(path)}-{width}-{scheme}.png"), FullPage = true });
                var size = (await response.BodyAsync()).Length;
                found.AddRange((await visitor.Obstacles()).Select(obstacle => $"{role} {path}: {obstacle}"));
                found.AddRange(visitor.Complaints.Select(complaint => $"{role} {path}: {complaint}"));
                if (await visitor.Overflows())
                {
                    found.Add($"{role} {path}: is wider than {width}.");
                }

                if (size > LargestPage)
                {
                    found.Add($"{role} {path}: has {size} bytes.");
                }

                if (response.Status >= 500)
                {
                    found.Add($"{role} {path}: {response.Status}.");
                }
            }
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task Tells_the_browser_to_run_nothing_but_its_own_files()
    {
        await using var visitor = await site.VisitAs("leader");
        foreach (var path in new[] { "/", "/sign-in", "/problems", "/nowhere" })
        {
            var headers = (await visitor.Open(path)).Headers;
            Assert.Contains("script-src 'self'", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Equal("nosniff", headers["x-content-type-options"]);
            Assert.Equal("no-store", headers["cache-control"]);
        }
    }

    private static string FileName(string path) => string.Concat(path.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
