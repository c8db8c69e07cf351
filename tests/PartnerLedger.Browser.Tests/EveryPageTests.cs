using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What holds of every page: it fits, anybody can use it, it is small, and it keeps to its own policy.</summary>
public sealed class EveryPageTests(SampleSite site)
{
    private const int LargestPage = 150 * 1024;

    /// <summary>For a person to look at.</summary>
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "screenshots");

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Fits_the_window_and_hinders_nobody_in_light_and_in_the_dark(int width)
    {
        Directory.CreateDirectory(Pictures);
        var found = new List<string>();
        foreach (var pages in site.Pages.GroupBy(page => page.Role))
        {
            await using var visitor = await site.VisitAs(pages.Key, width);
            foreach (var (role, path) in pages)
            {
                found.AddRange((await Faults(visitor, role, path, width)).Select(fault => $"{role} {path}: {fault}"));
            }

            found.AddRange(visitor.Complaints.Select(complaint => $"{pages.Key}: {complaint}"));
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task What_does_not_fit_or_hinders_somebody_is_seen()
    {
        await using var visitor = await site.VisitAs("leader", 390);
        await visitor.Open("/problems");
        Assert.Empty(await visitor.Misfits());
        Assert.Empty(await visitor.Obstacles());
        await visitor.Page.EvaluateAsync("""
            () => {
              const part = (style, text) => Object.assign(document.querySelector('main').appendChild(document.createElement('p')), { textContent: text }).style.cssText = style;
              part('white-space: nowrap; overflow: hidden; width: 5rem', 'Cut off at the side, since it is longer than that');
              part('overflow: hidden; height: 1rem; width: 10rem', 'Cut off below, since it takes several lines');
              part('position: relative; left: 20rem; width: 10rem', 'Sticks out');
              part('color: #ddd; background: #fff', 'Pale');
              document.querySelector('main').appendChild(document.createElement('input'));
            }
            """);
        var misfits = await visitor.Misfits();
        foreach (var fault in new[] { "The page is", "wide, it", "cut off below", "Sticks out\": sticks out" })
        {
            Assert.Contains(misfits, misfit => misfit.Contains(fault, StringComparison.Ordinal));
        }

        Assert.Equal(["color-contrast", "label"], (await visitor.Obstacles()).Select(obstacle => obstacle.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_page_is_left_out()
    {
        await using var visitor = await site.Visit();
        var visited = site.Pages.Select(page => page.Path.Split('?')[0]).Distinct(StringComparer.Ordinal)
            .Select(path => site.Routes.Contains(path, StringComparer.Ordinal) ? path : site.Routes.FirstOrDefault(route => Leads(route, path)));
        Assert.Empty(site.Routes.Except(visited, StringComparer.Ordinal));
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

    // A page is loaded once; colours follow the scheme without it.
    private static async Task<IReadOnlyList<string>> Faults(Visitor visitor, string role, string path, int width)
    {
        var response = await visitor.Open(path);
        List<string> found = [.. await visitor.Misfits(), .. await visitor.Obstacles()];
        await Picture(ColorScheme.Light);
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        if (width > 1000)
        {
            // No colour depends on the width: the other one has been looked at in the light.
            found.AddRange((await visitor.Obstacles("color-contrast", "link-in-text-block")).Select(obstacle => $"in the dark: {obstacle}"));
        }

        await Picture(ColorScheme.Dark);
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        if ((await response.BodyAsync()).Length is var size and > LargestPage)
        {
            found.Add($"has {size} bytes.");
        }

        if (response.Status >= 500)
        {
            found.Add($"answered {response.Status}.");
        }

        return found;

        Task Picture(ColorScheme scheme) => visitor.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Pictures, $"{role}{FileName(path)}-{width}-{scheme}.jpg"),
            Type = ScreenshotType.Jpeg,
            Quality = 70,
            FullPage = true,
        });
    }

    private static bool Leads(string route, string path) =>
        (route.Split('/'), path.Split('/')) is var (parts, those) && parts.Length == those.Length
        && parts.Zip(those).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    private static string FileName(string path) => string.Concat(path.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
