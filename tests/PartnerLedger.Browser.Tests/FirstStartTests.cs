using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What a newcomer meets on a ledger that holds nothing.</summary>
public sealed class FirstStartTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task An_empty_ledger_offers_the_made_up_sample_and_fills_itself_with_it()
    {
        await using var visitor = await site.VisitAs("leader");
        await Assertions.Expect(visitor.Page.GetByText("The ledger is empty")).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Load the made-up sample" }).ClickAsync();
        await visitor.ExpectAddress("/imports/");
        await Assertions.Expect(visitor.Page.GetByText("All of it is in the ledger")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "To the partnerships" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Made-up partnership");
        Assert.Empty(visitor.Complaints);
    }
}
