using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What holds of every page: it fits, anybody can use it, it is small, and it keeps to its own policy.</summary>
public sealed class EveryPageTests(SampleSite site)
{
    private const int LargestPage = 150 * 1024;

    /// <summary>For a person to look at.</summary>
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "screenshots");

    public static TheoryData<string> Roles => ["leader", "analyst", "auditor", "operator"];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Fits_the_window_and_hinders_nobody_in_light_and_in_the_dark(string role)
    {
        Directory.CreateDirectory(Pictures);
        await using var visitor = await site.VisitAs(role);
        var found = new List<string>();
        foreach (var (_, path) in site.Pages.Where(page => page.Role == role))
        {
            found.AddRange((await Faults(visitor, role, path)).Select(fault => $"{path}: {fault}"));
        }

        Assert.Empty(found);
        Assert.Empty(visitor.Complaints);
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
        Assert.Empty(site.Pages.Select(page => page.Role).Except(Roles.Select(row => row.Data), StringComparer.Ordinal));
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

    // A page is loaded once: no script of ours asks how wide the window is, and colours follow the scheme without it.
    private static async Task<IReadOnlyList<string>> Faults(Visitor visitor, string role, string path)
    {
        var response = await visitor.Open(path);
        List<string> found = [.. await At(1440)];

        // No colour depends on the width.
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        found.AddRange((await visitor.Obstacles("color-contrast", "link-in-text-block")).Select(obstacle => $"in the dark: {obstacle}"));
        await Picture("Dark");
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        found.AddRange((await At(390)).Select(fault => $"on a phone: {fault}"));
        if ((await response.BodyAsync()).Length is var size and > LargestPage)
        {
            found.Add($"has {size} bytes.");
        }

        if (response.Status >= 500)
        {
            found.Add($"answered {response.Status}.");
        }

        return found;

        async Task<IReadOnlyList<string>> At(int width)
        {
            await visitor.Page.SetViewportSizeAsync(width, 900);
            List<string> faults = [.. await visitor.Misfits(), .. await visitor.Obstacles()];
            await Picture($"{width}");
            return faults;
        }

        Task Picture(string name) => visitor.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Pictures, $"{role}{FileName(path)}-{name}.jpg"),
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
