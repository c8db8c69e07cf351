using System.Diagnostics;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>Somebody who looks at the pages, with a window and a session of their own; whatever the browser complains of is kept.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly Site site;
    private readonly IBrowserContext session;
    private readonly List<string> complaints = [];

    private Visitor(Site site, IBrowserContext session, IPage page) => (this.site, this.session, Page) = (site, session, page);

    public IPage Page { get; }

    /// <summary>What broke a policy or a script; that a page was refused is not one of these.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public static async Task<Visitor> Come(Site site, int width, ColorScheme scheme, bool javaScript)
    {
        var session = await site.Browser.NewContextAsync(new()
        {
            BaseURL = site.Url,
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = javaScript,
        });
        session.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        var visitor = new Visitor(site, session, await session.NewPageAsync());
        visitor.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                visitor.complaints.Add(message.Text);
            }
        };
        visitor.Page.PageError += (_, error) => visitor.complaints.Add(error);
        return visitor;
    }

    public async Task SignIn(string roles, string name)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Name").FillAsync(name);
        foreach (var role in new[] { "Leader", "Analyst", "Auditor", "Operator" })
        {
            await Page.Locator($"input[name=roles][value={role}]").SetCheckedAsync(roles.Contains(role, StringComparison.OrdinalIgnoreCase));
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        await Loaded();
    }

    /// <summary>What the page is about, without what stands on every page.</summary>
    public ILocator Main => Page.GetByRole(AriaRole.Main);

    public ILocator Alert => Main.GetByRole(AriaRole.Alert);

    public Task Follow(string link) => Main.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    public Task Press(string button) => Main.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Waits until all of the page is there: what is read of it at once, not waited for, might be half of it before.</summary>
    public Task Loaded() => Page.WaitForLoadStateAsync();

    /// <summary>Writes into the field of this name in a request.</summary>
    public Task Write(string field, string text) => Main.Locator($"[name='{field}']").FillAsync(text);

    public ILocator Field(string field) => Main.Locator($"[name='{field}']");

    /// <summary>Lets forms be sent with fields left empty, as another browser or a program might.</summary>
    public Task SendWhateverIsLeftEmpty() => Page.EvaluateAsync("document.querySelectorAll('[required]').forEach(field => field.required = false)");

    /// <summary>Loads the page anew until it shows something that comes about in the background.</summary>
    public async Task LookAgainUntil(ILocator shown)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await shown.First.IsVisibleAsync())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"{shown} did not come about in time.");
            await Page.ReloadAsync();
        }
    }

    /// <summary>Waits until the address has all these parts, and its page is loaded.</summary>
    public async Task ExpectAddress(params string[] parts)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(
            new Regex(string.Concat(parts.Select(part => $"(?=.*{Regex.Escape(part)})")), RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Loaded();
    }

    public Task Expect(string text) => Assertions.Expect(Main).ToContainTextAsync(text);

    public async Task<IResponse> Open(string path) => await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{site.Url}{path} was not loaded.");

    /// <summary>What those who see little, or use a keyboard, would stumble over; by some of axe's rules, or by all.</summary>
    public async Task<IReadOnlyList<string>> Obstacles(params string[] rules)
    {
        // The package's own way to run it opens another page each time.
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await Page.EvaluateAsync(Axe);
        }

        return await Page.EvaluateAsync<string[]>("""
            async rules => {
              const all = { iframes: false, preload: false, selectors: false, resultTypes: ['violations'] };
              const run = await axe.run(document, rules.length > 0 ? { ...all, runOnly: rules } : all);
              return run.violations.map(found => `${found.id}: ${found.help}: ${found.nodes.slice(0, 2).map(node => node.html).join(' | ')}`);
            }
            """, rules);
    }

    /// <summary>What does not fit: parts that stick out of the window, the card or the cell that they are in, or whose content is cut off.</summary>
    public Task<string[]> Misfits() => Page.EvaluateAsync<string[]>("""
        () => {
          const found = [];
          const name = part => `${part.tagName.toLowerCase()}.${part.className} "${part.textContent.trim().slice(0, 40)}"`;
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth > width) found.push(`The page is ${document.documentElement.scrollWidth} wide.`);
          for (const part of document.querySelectorAll('body, body *:not(svg *)')) {
            // What is for those alone who do not see, what has its own way to scroll, and lines of a plot that run on from row to row.
            if (part.closest('.unseen, .skip, .plot, datalist') || !part.checkVisibility() || part.matches('svg, input, select, option, textarea, progress')) continue;
            const style = getComputedStyle(part);
            const scrolls = axis => ['auto', 'scroll'].includes(style[axis]);
            if (style.display !== 'inline' && !scrolls('overflowX') && part.scrollWidth > part.clientWidth + 1) found.push(`${name(part)}: its content is ${part.scrollWidth} wide, it ${part.clientWidth}.`);
            if (['hidden', 'clip'].includes(style.overflowY) && part.scrollHeight > part.clientHeight + 1) found.push(`${name(part)}: its content is cut off below.`);
            if (!part.closest('.scroll') && part.getBoundingClientRect().right > width + 1) found.push(`${name(part)}: sticks out of the window.`);
          }
          return found.slice(0, 10);
        }
        """);

    public async ValueTask DisposeAsync() => await session.DisposeAsync();
}
