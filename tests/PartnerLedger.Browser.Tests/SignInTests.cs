using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>Who sees what, and how they come in and leave.</summary>
public sealed class SignInTests(SampleSite site)
{
    [Fact]
    public async Task A_view_that_was_sent_opens_after_signing_in()
    {
        await using var visitor = await site.Visit();
        await visitor.Open("/?columns=region");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex(@"/\?columns=region$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/sign-in", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_everything_works_as_well()
    {
        await using var visitor = await site.VisitAs("leader", javaScript: false);
        await visitor.Open("/");
        await Assertions.Expect(visitor.Page.GetByText("255", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_uses_the_keyboard_gets_to_the_content_first()
    {
        await using var visitor = await site.VisitAs("leader");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("main")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("leader", "Import", "Audit")]
    [InlineData("analyst", "Analysis", "Partnerships")]
    [InlineData("auditor", "Audit", "Import")]
    [InlineData("operator", "Operations", "Overview")]
    public async Task A_role_is_shown_what_it_may_use_and_nothing_else(string role, string shown, string hidden)
    {
        await using var visitor = await site.VisitAs(role);
        var places = visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        await Assertions.Expect(places.GetByText(shown, new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(places.GetByText(hidden, new() { Exact = true })).ToHaveCountAsync(0);
    }
}
