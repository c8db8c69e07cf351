using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What a page says while it is not there yet.</summary>
public sealed class WaitingTests(SampleSite site)
{
    [Fact]
    public async Task What_takes_its_time_says_so_until_it_is_there()
    {
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Open("/analysis");
        var status = visitor.Page.Locator("#busy");
        await Assertions.Expect(status).ToBeEmptyAsync();

        // While a page is on its way Playwright does not look at the one before.
        await visitor.Page.EvaluateAsync("""
            () => new MutationObserver(() => sessionStorage.setItem('said', `${document.getElementById('busy').textContent} ${document.body.className}`))
              .observe(document.getElementById('busy'), { childList: true })
            """);
        await visitor.Main.GetByRole(AriaRole.Navigation, new() { Name = "Analysis" }).GetByText("Trend").ClickAsync();
        await visitor.ExpectAddress("/analysis/trend");
        Assert.Equal("Loading busy", await visitor.Page.EvaluateAsync<string>("() => sessionStorage.getItem('said')"));
        await Assertions.Expect(status).ToBeEmptyAsync();
        await visitor.Page.GoBackAsync();
        await Assertions.Expect(status).ToBeEmptyAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_counts_says_so_until_it_has_counted(bool javaScript)
    {
        using var colleague = await site.WorkAs("analyst");
        var last = await Define("waited-for");
        await using var visitor = await site.VisitAs("analyst", javaScript: javaScript);
        // Nobody can know what comes after the last event, so this page waits for it.
        await visitor.Page.GotoAsync($"/analysis/transitions?minPosition={last + 1}", new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(visitor.Main).ToHaveTextAsync("Counting …");
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Define("that-came");
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Transitions");
        await Assertions.Expect(visitor.Main.GetByText("Counting …")).ToBeHiddenAsync();
        Assert.Equal("Transitions – PartnerLedger", await visitor.Page.TitleAsync());
        Assert.Empty(visitor.Complaints);

        async Task<long> Define(string code) => (await colleague.Post("/api/frameworks", new
        {
            code = $"{code}-{javaScript}",
            name = "Waited for",
            source = "experience",
            factors = new[] { new { factor = "N-TRUST" } },
        })).GetProperty("position").GetInt64();
    }
}
