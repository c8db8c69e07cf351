using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>Somebody who looks at the pages, with a window and a session of their own; whatever the browser complains of is kept.</summary>
internal sealed class Visitor : IAsyncDisposable
{
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

    public async Task SignIn(string roles)
    {
        await Page.GotoAsync("/sign-in");
        foreach (var role in new[] { "Leader", "Analyst", "Auditor", "Operator" })
        {
            await Page.Locator($"input[name=roles][value={role}]").SetCheckedAsync(roles.Contains(role, StringComparison.OrdinalIgnoreCase));
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    public async Task<IResponse> Open(string path) => await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{site.Url}{path} was not loaded.");

    /// <summary>What those who see little, or use a keyboard, would stumble over.</summary>
    public async Task<IReadOnlyList<string>> Obstacles() =>
        [.. (await Page.RunAxe()).Violations.Select(found => $"{found.Id}: {found.Help}: {string.Join(" | ", found.Nodes.Take(2).Select(node => node.Html))}")];

    public async Task<bool> Overflows() => await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await session.DisposeAsync();
}
