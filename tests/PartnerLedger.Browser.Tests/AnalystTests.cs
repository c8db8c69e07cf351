using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What an analyst comes for: to see what goes with struggle, failure and success, to check it, and to pass it on.</summary>
public sealed partial class AnalystTests(SampleSite site)
{
    [Fact]
    public async Task A_colleague_who_opens_the_address_sees_the_same_view()
    {
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Main.GetByLabel("Columns").SelectOptionAsync("region");
        await visitor.Main.GetByText("Filter", new() { Exact = true }).ClickAsync();
        await visitor.Main.GetByRole(AriaRole.Checkbox, new() { Name = "nonprofit" }).CheckAsync();
        await visitor.Main.GetByRole(AriaRole.Checkbox, new() { Name = "negative" }).CheckAsync();
        await visitor.Main.Locator("details").GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await visitor.ExpectAddress("columns=region", "sector=nonprofit", "polarity=negative");
        await visitor.Expect("Filtered");

        await using var colleague = await site.VisitAs("analyst", name: "a colleague");
        await colleague.Open(visitor.Page.Url);
        var (mine, theirs) = (await visitor.Main.InnerTextAsync(), await colleague.Main.InnerTextAsync());
        for (var more = 20; more > 0 && Position().Match(mine).Value != Position().Match(theirs).Value; more--)
        {
            // Somebody wrote in between: both look again.
            await visitor.Page.ReloadAsync();
            await colleague.Page.ReloadAsync();
            (mine, theirs) = (await visitor.Main.InnerTextAsync(), await colleague.Main.InnerTextAsync());
        }

        Assert.Equal(mine, theirs);
        await Assertions.Expect(colleague.Main.GetByRole(AriaRole.Checkbox, new() { Name = "nonprofit" })).ToBeCheckedAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData("negative")]
    [InlineData("success")]
    public async Task The_heat_map_puts_most_emphasis_first(string side)
    {
        await using var visitor = await site.VisitAs("leader");
        var topics = await visitor.Main.Locator(".heat tbody th").AllInnerTextsAsync();
        Assert.Equal(topics.Order(StringComparer.Ordinal), topics);
        await visitor.Main.GetByLabel("Most emphasis first").SelectOptionAsync(side);
        await visitor.Main.GetByRole(AriaRole.Button, new() { Name = "Show" }).First.ClickAsync();
        await visitor.ExpectAddress($"sort={side}");
        var emphasis = new List<int>();
        foreach (var row in await visitor.Main.Locator(".heat tbody tr").AllAsync())
        {
            var cells = await row.Locator($"[class*={side}-]").AllInnerTextsAsync();
            emphasis.Add(cells.Max(cell => int.Parse(cell.TrimEnd(' ', '%'), CultureInfo.InvariantCulture)));
        }

        Assert.True(emphasis.Count > 10);
        Assert.Equal(emphasis.OrderDescending(), emphasis);
        Assert.True(emphasis[0] > emphasis[^1]);
        Assert.NotEqual(topics, await visitor.Main.Locator(".heat tbody th").AllInnerTextsAsync());
    }

    [Fact]
    public async Task A_contrast_is_a_forest_plot_whose_table_says_the_same_with_its_denominators_and_caveats()
    {
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Open("/analysis");
        await visitor.Main.GetByRole(AriaRole.Navigation, new() { Name = "Analysis" }).GetByText("Contrast").ClickAsync();
        await visitor.ExpectAddress("/analysis/contrast");
        var plot = visitor.Main.GetByRole(AriaRole.Table, new() { Name = "Partnerships that are struggling or failed against those that are successful" });
        var shown = plot.Locator("tbody tr").Filter(new() { Has = visitor.Page.Locator("svg rect") });
        Assert.True(await shown.CountAsync() > 10);
        foreach (var row in await shown.AllAsync())
        {
            await Assertions.Expect(row.Locator("td").Nth(1)).ToHaveTextAsync(Estimate());
            await Assertions.Expect(row.Locator("td").Nth(3)).ToHaveTextAsync(Share());
            await Assertions.Expect(row.Locator("td").Nth(4)).ToHaveTextAsync(Share());
        }

        foreach (var caveat in new[] { "purposive sample", "not present", "Associations, not causes", "factors were tested at once", "Cells of 1 to 4 partnerships or informants are hidden" })
        {
            await visitor.Expect(caveat);
        }

        await visitor.Expect("Counted at position ");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_filter_that_is_wrong_is_named_by_its_label_and_led_to()
    {
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Open("/analysis/incidence?from=March&region=atlantis");
        var links = visitor.Alert.GetByRole(AriaRole.Link);
        await Assertions.Expect(links).ToHaveTextAsync(["From", "Region"]);
        await Assertions.Expect(visitor.Main.Locator("[aria-invalid]")).ToHaveCountAsync(1);
        await links.First.ClickAsync();
        await Assertions.Expect(visitor.Field("from")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Field("from")).ToHaveAccessibleDescriptionAsync(new Regex(".", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await visitor.Open("/analysis/incidence?horizon=long");
        await Assertions.Expect(links).ToHaveTextAsync(["Up to day"]);
        await Assertions.Expect(visitor.Field("horizon")).ToHaveValueAsync("long");
    }

    [Fact]
    public async Task The_overview_of_a_time_says_what_was_chosen_by_it_and_lists_nothing_of_another()
    {
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open("/?sector=industry");
        await visitor.Expect("Changed lately");
        await visitor.Open("/?sector=industry&from=2021&to=2022");
        await visitor.Expect("From and To choose twice");
        await Assertions.Expect(visitor.Main).Not.ToContainTextAsync("Changed lately");
    }

    [Fact]
    public async Task A_contrast_of_an_earlier_moment_says_which()
    {
        using var leader = await site.WorkAs("leader");
        var now = (await leader.Get($"/api/partnerships/{site.Struggling}")).GetProperty("lastRecordedAt").GetString()!;
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open("/analysis/contrast");
        await visitor.Main.GetByText("Filter", new() { Exact = true }).ClickAsync();
        await visitor.Write("asOf", now);
        await visitor.Press("Show");
        await visitor.ExpectAddress("asOf=");
        await visitor.Expect($", as it was known at {now[..10]} {now[11..16]} UTC.");
    }

    [Fact]
    public async Task A_hidden_cell_looks_hidden_and_says_why()
    {
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Open("/?columns=region");
        var hidden = visitor.Main.Locator(".heat .suppressed").First;
        await Assertions.Expect(hidden).ToHaveTextAsync("hidden");
        await Assertions.Expect(hidden).ToHaveCSSAsync("background-image", new Regex("^repeating-linear-gradient", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(hidden).ToHaveAttributeAsync("title", new Regex("^Fewer partnerships or informants than may be shown", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await visitor.Expect("Cells of 1 to 4 partnerships or informants are hidden, and so are those from which they would follow.");
        // Whoever may see counts sees that one.
        await using var leader = await site.VisitAs("leader");
        await leader.Open("/?columns=region");
        await Assertions.Expect(leader.Main.Locator(".suppressed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_csv_has_the_rows_of_the_page()
    {
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Open("/analysis/contrast?polarity=negative&region=asia-pacific");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Follow("CSV"));
        Assert.Equal("partnerledger-contrast.csv", download.SuggestedFilename);
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        var rows = new List<string>();
        foreach (var row in await visitor.Main.Locator(".forest tbody tr").AllAsync())
        {
            var (factor, cells) = (await row.Locator("th small").InnerTextAsync(), await row.Locator("td").AllInnerTextsAsync());
            // The share in percent is for people alone.
            rows.Add($"{factor}: {cells[3].Split(" (")[0]}, {cells[4].Split(" (")[0]}");
        }

        Assert.True(rows.Count > 10);
        Assert.Equal(lines[1..].Select(Line).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));

        string Line(string[] cells)
        {
            return $"{Cell("factor")}: {CountOf("groupNoted", "groupOf")}, {CountOf("versusNoted", "versusOf")}";

            string Cell(string name) => cells[Array.IndexOf(lines[0], name)];
            string CountOf(string noted, string of) => (Cell(noted), Cell(of)) switch
            {
                ("", "") => "hidden",
                ("", var all) => $"hidden of {all}",
                (var some, var all) => $"{some} of {all}",
            };
        }
    }

    [Fact]
    public async Task A_brief_is_read_and_printed_on_two_pages_at_most()
    {
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByText("Brief").ClickAsync();
        await visitor.Main.GetByRole(AriaRole.Checkbox, new() { Name = "nonprofit" }).CheckAsync();
        await visitor.Main.GetByRole(AriaRole.Checkbox, new() { Name = "government" }).CheckAsync();
        await visitor.Press("Brief me");
        await visitor.ExpectAddress("/brief?", "sector=nonprofit", "sector=government");
        await visitor.Expect("Sectors nonprofit and government, and no other; any region");
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Heading, new() { Name = "In plain words" })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Region, new() { Name = "What to watch for" }).Locator("tbody tr")).ToHaveCountAsync(12);
        var pdf = Encoding.Latin1.GetString(await visitor.Page.PdfAsync(new() { Format = "A4" }));
        Assert.InRange(PageOfPdf().Count(pdf), 1, 2);
    }

    [GeneratedRegex(@"^\d+\.\d+ \(\d+\.\d+ to [\d.∞]+\)$|^[\d.,]+ \([\d.,]+ to [\d.,∞]+\)$", RegexOptions.None, 1_000)]
    private static partial Regex Estimate();

    [GeneratedRegex(@"^\d+ of \d+ \(\d+ %\)$", RegexOptions.None, 1_000)]
    private static partial Regex Share();

    [GeneratedRegex(@"Counted at position [\d.,]+", RegexOptions.None, 1_000)]
    private static partial Regex Position();

    [GeneratedRegex(@"/Type\s*/Page\b", RegexOptions.None, 1_000)]
    private static partial Regex PageOfPdf();
}
