using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What an auditor comes for: what was known when, whether it still is what was recorded, and who looked at it.</summary>
public sealed partial class AuditorTests(WrittenSite site)
{
    [Fact]
    public async Task Replays_a_partnership_step_by_step_with_each_difference_marked()
    {
        using var leader = await site.WorkAs("leader");
        var id = await leader.Log(
            new { name = "Replayed", regions = new[] { "africa" } },
            ("active", new { occurredOn = "2024-02" }),
            ("regions", new { regions = new[] { "eu-plus" } }),
            ("name", new { name = "Replayed under another name" }));
        await using var visitor = await site.VisitAs("auditor");
        await visitor.Open($"/partnerships/{id}");
        await visitor.Follow("Replay step by step");
        await visitor.Expect("after version 4 of 4");
        await visitor.Follow("First");
        await visitor.Expect("It is the first: before it nothing was known.");
        await Assertions.Expect(visitor.Main.Locator("ins, del")).ToHaveCountAsync(0);
        await visitor.Follow("Next");
        await Marked(["proposed"], ["active"]);
        await visitor.Follow("Next");
        await Marked(["africa"], ["eu-plus"]);
        // What came later is not known at this step.
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Replay: Replayed");
        await visitor.Follow("Last");
        await Marked(["Replayed"], ["Replayed under another name"]);
        Assert.Empty(visitor.Complaints);

        async Task Marked(string[] gone, string[] come)
        {
            await Assertions.Expect(visitor.Main.Locator("del")).ToHaveTextAsync(gone.Select(value => $"No longer: {value}"));
            await Assertions.Expect(visitor.Main.Locator("ins")).ToHaveTextAsync(come.Select(value => $"New: {value}"));
            Assert.NotEqual("rgba(0, 0, 0, 0)", await visitor.Main.Locator("ins").EvaluateAsync<string>("part => getComputedStyle(part).backgroundColor"));
        }
    }

    [Fact]
    public async Task Goes_to_what_was_known_at_a_moment()
    {
        using var leader = await site.WorkAs("leader");
        var id = await leader.Log(new { name = "Known then" }, ("active", new { }));
        var then = (await leader.Get($"/api/partnerships/{id}")).GetProperty("lastRecordedAt").GetString()!;
        await leader.Post($"/api/partnerships/{id}/struggling", new { });
        await using var visitor = await site.VisitAs("auditor");
        await visitor.Open($"/audit/partnerships/{id}");
        await visitor.Expect("after version 3 of 3");
        await visitor.Main.GetByText("Go to a moment").ClickAsync();
        await visitor.Write("asOf", then);
        await visitor.Press("Go there");
        await visitor.Expect("after version 2 of 3");
        await Assertions.Expect(visitor.Main.Locator("ins")).ToHaveTextAsync("New: active");
        await visitor.Write("asOf", "2001-01-01T00:00:00Z");
        await visitor.Press("Go there");
        await Assertions.Expect(visitor.Alert).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Verifies_in_the_page_until_it_says_that_all_holds()
    {
        using var leader = await site.WorkAs("leader");
        await leader.Log(new { name = "Verified", purpose = "To be hashed again" });
        await using var visitor = await site.VisitAs("auditor");
        await visitor.Open("/audit");
        await visitor.Press("Verify now");
        await Assertions.Expect(visitor.Main.Locator("[data-told]")).ToHaveTextAsync(AllHold());
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Button, new() { Name = "Verify now" })).ToBeEnabledAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Takes_away_a_kit_to_verify_with_elsewhere()
    {
        using var leader = await site.WorkAs("leader");
        var id = await leader.Log(new { name = "Taken away" });
        await using var visitor = await site.VisitAs("auditor");
        await visitor.Open("/audit");
        await using var whole = await Kit(visitor, "Download the audit kit");
        var files = whole.Entries.Select(entry => entry.FullName);
        Assert.Equal(["README.md", "checkpoint", "events.ndjson", "key.pem", "key.vkey", "leaves", "texts.ndjson", "verify.py"], files.Order(StringComparer.Ordinal));
        await visitor.Open($"/partnerships/{id}");
        await using var one = await Kit(visitor, "Audit kit of this partnership");
        using var events = new StreamReader(await one.GetEntry("events.ndjson")!.OpenAsync());
        Assert.Contains("Taken away", Assert.Single((await events.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sees_who_read_what_a_moment_ago()
    {
        using var leader = await site.WorkAs("leader");
        var id = await leader.Log(new { name = "Looked at" });
        await using (var reader = await site.VisitAs("leader", name: "somebody who looks"))
        {
            await reader.Open($"/partnerships/{id}");
        }

        await using var visitor = await site.VisitAs("auditor");
        await visitor.Open("/audit");
        await visitor.Follow("Who read what");
        var read = visitor.Main.Locator("tbody tr").Filter(new() { HasText = $"/api/partnerships/{id}/history" });
        await visitor.LookAgainUntil(read);
        await Assertions.Expect(read).ToContainTextAsync("somebody who looks");
        await Assertions.Expect(read).ToContainTextAsync("leader");
        await Assertions.Expect(read).ToContainTextAsync("200");
        await read.GetByText("somebody who looks").ClickAsync();
        await visitor.ExpectAddress("person=");
        Assert.All(await visitor.Main.Locator("tbody tr td:nth-child(2)").AllInnerTextsAsync(), who => Assert.Equal("somebody who looks", who));
    }

    private static async Task<ZipArchive> Kit(Visitor visitor, string link)
    {
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Follow(link));
        return await ZipFile.OpenReadAsync(await download.PathAsync());
    }

    [GeneratedRegex("^All [0-9,.]+ events hold: none was altered, none is missing.$", RegexOptions.None, 1_000)]
    private static partial Regex AllHold();
}
