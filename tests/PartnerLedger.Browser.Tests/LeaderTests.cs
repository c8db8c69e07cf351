using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What a leader comes for: to log what becomes of partnerships, and to mend what was logged wrongly.</summary>
public sealed partial class LeaderTests(WrittenSite site, SampleSite sample)
{
    [Fact]
    public async Task Logs_a_partnership_and_notes_a_factor_with_two_clicks()
    {
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open("/partnerships");
        await visitor.Follow("Log a partnership");
        await visitor.Write("name", "Screening on wheels");
        await visitor.Write("name-0", "District hospital");
        await visitor.Field("sector-0").SelectOptionAsync("government");
        await visitor.Write("country-0", "nl");
        await visitor.Field("sector-1").SelectOptionAsync("nonprofit");
        await visitor.Main.GetByRole(AriaRole.Checkbox, new() { Name = "eu-plus" }).CheckAsync();
        await visitor.Write("purpose", "Fewer late diagnoses");
        await visitor.Write("occurredOn", "2024-03");
        await visitor.Press("Log it");

        await Assertions.Expect(visitor.Page).ToHaveURLAsync(PageOfOne());
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Screening on wheels proposed");
        await visitor.Expect("District hospital (government, NL)");
        await visitor.Expect("Unnamed partner (nonprofit)");
        await visitor.Expect("Fewer late diagnoses");
        await Assertions.Expect(Step(visitor, 1)).ToContainTextAsync("2024-03");

        await visitor.Follow("Note factors");
        await visitor.Press("Note at once: Insufficient trust");

        await visitor.Expect("It is stored as version 2");
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Region, new() { Name = "Factors noted" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Assertions.Expect(Step(visitor, 2)).ToContainTextAsync("Factor noted: Insufficient trust (N-TRUST)");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Notes_several_factors_with_one_text()
    {
        using var colleague = await site.WorkAs("leader");
        var id = await colleague.Log(new { name = "Several at once" });
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open($"/partnerships/{id}?do=factors");
        await visitor.Main.Locator("input[value=N-FUND]").CheckAsync();
        await visitor.Main.Locator("input[value=S-LEAD]").CheckAsync();
        // What was ticked would be lost with a factor that is noted alone.
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Button, new() { Name = "Note at once" })).ToHaveCountAsync(0);
        await visitor.Write("note", "The grant ended;\nthe director stayed");
        await visitor.Write("informant", "interview-12");
        await visitor.Press("Note them");
        await visitor.Expect("It is stored as version 3");
        await Assertions.Expect(Step(visitor, 2)).ToContainTextAsync("The grant ended;");
        await Assertions.Expect(Step(visitor, 3)).ToContainTextAsync("the director stayed");
    }

    [Fact]
    public async Task A_step_that_is_refused_is_answered_in_its_form_and_what_was_written_stays()
    {
        using var colleague = await site.WorkAs("leader");
        var id = await colleague.Log(new { name = "Overtaken" }, ("active", new { }));
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open($"/partnerships/{id}");
        await visitor.Follow("struggling");
        await visitor.Write("reason", "Nobody comes to the meetings");
        await visitor.Write("informant", "interview-7");
        await colleague.Post($"/api/partnerships/{id}/ended", new { reason = "It did what it was for" });

        // A lost race is told by the version that the form was made from.
        await visitor.Press("Log that it is struggling");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("Something else was logged after you had opened this form");
        await Assertions.Expect(visitor.Alert.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("It became ended version 3");
        await Assertions.Expect(visitor.Alert.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("It did what it was for");
        await Kept();
        await Assertions.Expect(Step(visitor, 3)).ToContainTextAsync("It did what it was for");

        // The page shows what stands now, so the same form is judged by it: ended is an end.
        await visitor.Press("Log that it is struggling");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("It is ended, which is its end.");
        await Kept();
        Assert.Equal(3, (await colleague.Get($"/api/partnerships/{id}")).GetProperty("version").GetInt64());
        Assert.Empty(visitor.Complaints);

        async Task Kept()
        {
            await Assertions.Expect(visitor.Field("reason")).ToHaveValueAsync("Nobody comes to the meetings");
            await Assertions.Expect(visitor.Field("informant")).ToHaveValueAsync("interview-7");
        }
    }

    [Fact]
    public async Task A_field_that_is_wrong_says_so_beside_itself()
    {
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open("/partnerships/new");
        await visitor.SendWhateverIsLeftEmpty();
        await visitor.Write("purpose", "Still here");
        await visitor.Write("occurredOn", "2999");
        await visitor.Write("name-1", "A partner of no sector");
        await visitor.Press("Log it");
        await IsWrong("name", "occurredOn", "sector-1");
        // What was wrong is summed up in the form's own words, which lead to the fields.
        await Assertions.Expect(visitor.Alert.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Name", "When it happened", "Sector of partner 2"]);
        await visitor.Alert.GetByRole(AriaRole.Link, new() { Name = "Sector of partner 2" }).ClickAsync();
        await Assertions.Expect(visitor.Field("sector-1")).ToBeFocusedAsync();
        await visitor.Write("name", "Named at last");
        await visitor.Field("sector-1").SelectOptionAsync("industry");
        await visitor.Press("Log it");
        await IsWrong("occurredOn");
        await Assertions.Expect(visitor.Field("purpose")).ToHaveValueAsync("Still here");
        await Assertions.Expect(visitor.Field("name-1")).ToHaveValueAsync("A partner of no sector");

        async Task IsWrong(params string[] fields)
        {
            await Assertions.Expect(visitor.Main.Locator("[aria-invalid]")).ToHaveCountAsync(fields.Length);
            foreach (var field in fields)
            {
                await Assertions.Expect(visitor.Field(field)).ToHaveAttributeAsync("aria-invalid", "true");
            }
        }
    }

    [Fact]
    public async Task Corrects_an_event_and_withdraws_another_and_both_are_seen_in_the_timeline()
    {
        using var colleague = await site.WorkAs("leader");
        var id = await colleague.Log(
            new { name = "Mended" },
            ("factors", new { factor = "N-FUND", note = "The grant ended in May", occurredOn = "2023-05" }),
            ("factors", new { factor = "N-COMM", note = "Noted of the wrong partnership" }));
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open($"/partnerships/{id}");
        await visitor.Follow("Correct version 2");
        await visitor.Write("replacement/occurredOn", "2023-06");
        await visitor.Write("replacement/note", "The grant ended in June");
        await visitor.Write("reason", "Read the letter again");
        await visitor.Press("Correct it");
        await Assertions.Expect(Step(visitor, 2).Locator("s")).ToHaveTextAsync(["2023-05", "The grant ended in May"]);
        await Assertions.Expect(Step(visitor, 2)).ToContainTextAsync("The grant ended in June");
        await Assertions.Expect(Step(visitor, 4)).ToContainTextAsync("Version 2 corrected");
        await Assertions.Expect(Step(visitor, 4)).ToContainTextAsync("Read the letter again");

        await visitor.Follow("Withdraw version 3");
        await visitor.SendWhateverIsLeftEmpty();
        await visitor.Press("Withdraw it");
        await Assertions.Expect(visitor.Field("reason")).ToHaveAttributeAsync("aria-invalid", "true");
        await visitor.Write("reason", "It was about others");
        await visitor.Press("Withdraw it");
        await Assertions.Expect(Step(visitor, 3)).ToContainTextAsync("Withdrawn by version 5");
        await Assertions.Expect(Step(visitor, 3).Locator(".told")).ToHaveCSSAsync("text-decoration-line", "line-through");
        await Assertions.Expect(Step(visitor, 5)).ToContainTextAsync("It was about others");
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Region, new() { Name = "Factors noted" })).Not.ToContainTextAsync("Poor communication");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_correction_reaches_every_member_and_leaves_alone_what_was_left_alone()
    {
        using var colleague = await site.WorkAs("leader");
        var id = await colleague.Log(
            new { name = "Opened wrongly", partners = new[] { new { name = "The clinic", sector = "industry" } }, regions = new[] { "africa" }, informant = "interview-3", informantRegion = "africa" },
            ("factors", new { factor = "N-FUND", note = "Of the year before", informantRegion = "eu-plus" }));
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open($"/partnerships/{id}?correct=1");
        await visitor.Field("sector-0").SelectOptionAsync("nonprofit");
        await visitor.Write("name-1", "The ministry");
        await visitor.Field("sector-1").SelectOptionAsync("government");
        await visitor.Main.GetByRole(AriaRole.Checkbox, new() { Name = "africa" }).UncheckAsync();
        await visitor.Main.GetByRole(AriaRole.Checkbox, new() { Name = "eu-plus" }).CheckAsync();
        await visitor.Field("replacement/sectorsComplete").SelectOptionAsync("false");
        await visitor.Field("untold").CheckAsync();
        await visitor.Write("reason", "Mixed up with another");
        // A colleague corrects the name meanwhile, and that is not undone by who left it alone.
        await colleague.Post($"/api/partnerships/{id}/corrections", new { version = 1, reason = "Typed wrongly", replacement = new { name = "Opened rightly" } });
        await visitor.Press("Correct it");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("Something else was logged");
        await Assertions.Expect(visitor.Field("replacement/name")).ToHaveValueAsync("Opened rightly");
        await Assertions.Expect(visitor.Field("name-1")).ToHaveValueAsync("The ministry");
        await visitor.Press("Correct it");
        await visitor.Expect("It is stored as version 4");

        await visitor.Open($"/partnerships/{id}?correct=2");
        await visitor.Field("replacement/factor").SelectOptionAsync("N-CAPACITY");
        await visitor.Write("reason", "It was about staff");
        await visitor.Press("Correct it");
        await visitor.Expect("It is stored as version 5");

        var history = (await colleague.Get($"/api/partnerships/{id}/history")).GetProperty("events");
        Assert.Equal(["informant", "partners", "regions", "sectorsComplete"], Named(history[3]));
        Assert.Equal(["factor", "polarity", "topic"], Named(history[4]));
        var stands = await colleague.Get($"/api/partnerships/{id}");
        Assert.Equal("Opened rightly", stands.GetProperty("name").GetString());
        Assert.Equal(["The clinic", "The ministry"], stands.GetProperty("partners").EnumerateArray().Select(partner => partner.GetProperty("name").GetString()));
        Assert.Equal("N-CAPACITY", stands.GetProperty("factors")[0].GetProperty("factor").GetString());

        static IEnumerable<string> Named(JsonElement told) => told.GetProperty("data").GetProperty("replacement").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Chooses_partnerships_by_an_address_that_a_colleague_can_open()
    {
        await using var visitor = await sample.VisitAs("leader");
        await visitor.Open("/partnerships");
        await visitor.Main.GetByText("Filter by state, sector or region").ClickAsync();
        await visitor.Main.GetByLabel("struggling", new() { Exact = true }).CheckAsync();
        await visitor.Main.GetByLabel("eu-plus", new() { Exact = true }).CheckAsync();
        await visitor.Main.Locator("details").GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await visitor.ExpectAddress("state=struggling", "region=eu-plus");
        var names = await Names(visitor);
        Assert.NotEmpty(names);
        Assert.All(await visitor.Main.Locator("tbody .badge").AllInnerTextsAsync(), state => Assert.Equal("struggling", state));

        await using var colleague = await sample.VisitAs("auditor");
        await colleague.Open(visitor.Page.Url);
        Assert.Equal(names, await Names(colleague));
        await Assertions.Expect(colleague.Main.GetByLabel("struggling", new() { Exact = true })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Without_scripts_a_partnership_is_logged_as_well()
    {
        await using var visitor = await site.VisitAs("leader", javaScript: false);
        await visitor.Open("/partnerships/new");
        await visitor.Write("name", "Logged without scripts");
        await visitor.Field("stage").SelectOptionAsync("undeveloped");
        await visitor.Press("Log it");
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(PageOfOne());
        await visitor.Expect("Logged without scripts");
        await visitor.Follow("Note factors");
        await visitor.Press("Note at once: Insufficient trust");
        await visitor.Expect("It is stored as version 2");
        await visitor.Follow("active");
        await visitor.Write("reason", "The minister signed");
        await visitor.Press("Log that it is active");
        await visitor.Expect("It is stored as version 3");
        await visitor.Expect("The minister signed");
    }

    private static ILocator Step(Visitor visitor, int version) => visitor.Main.Locator($"#v{version}");

    private static Task<IReadOnlyList<string>> Names(Visitor visitor) => visitor.Main.Locator("tbody th").AllInnerTextsAsync();

    [GeneratedRegex("/partnerships/[0-9a-f-]{36}", RegexOptions.None, 1_000)]
    private static partial Regex PageOfOne();
}
