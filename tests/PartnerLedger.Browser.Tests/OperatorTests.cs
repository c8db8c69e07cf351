using System.Text.Json;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>What an operator does that cannot be undone: each step is asked for again before, and told of after.</summary>
public sealed class OperatorTests(WrittenSite site)
{
    private const string Written = "Doctor Who said so in confidence";

    [Fact]
    public async Task Erases_a_text_which_is_gone_from_the_page_and_the_replay_says_by_whom_when_and_why()
    {
        using var leader = await site.WorkAs("leader");
        var id = await leader.Log(new { name = "To be forgotten" }, ("active", new { reason = Written }), ("struggling", new { reason = "Nothing secret" }));
        await using var auditor = await site.VisitAs("auditor");
        await auditor.Open($"/partnerships/{id}");
        await auditor.Expect(Written);

        await using var visitor = await site.VisitAs("operator", name: "the operator on duty");
        await visitor.Open("/operations");
        await visitor.Follow("Erase texts");
        await visitor.Write("Form.Id", id.ToString());
        await visitor.Write("Form.Versions", "2");
        await visitor.Write("Form.Ground", "The doctor withdrew consent");
        await visitor.Press("Go on");
        await visitor.Expect("It cannot be undone.");
        await visitor.Expect("The doctor withdrew consent");
        await visitor.Press("Erase these texts for ever");
        await visitor.Expect("The texts are erased");
        Assert.Empty(visitor.Complaints);

        await auditor.Page.ReloadAsync();
        await auditor.Expect("Nothing secret");
        await Assertions.Expect(auditor.Main).Not.ToContainTextAsync(Written);
        await auditor.Open($"/audit/partnerships/{id}?version=2");
        var told = auditor.Main.Locator("#v2");
        var erasure = (await History(id))[3];
        var by = erasure.GetProperty("actor").GetString()!;
        await Assertions.Expect(told).ToContainTextAsync($"Its texts were erased {erasure.GetProperty("recordedAt").GetString()![..10]}");
        await Assertions.Expect(told).ToContainTextAsync("The doctor withdrew consent");
        await Assertions.Expect(told).ToContainTextAsync(by);
        await auditor.Follow("Last");
        await Assertions.Expect(auditor.Main.Locator("#v4")).ToContainTextAsync("Texts erased of version 2");
        await Assertions.Expect(auditor.Main.Locator("#v4")).ToContainTextAsync(by);
    }

    [Fact]
    public async Task Erases_a_note_of_a_framework()
    {
        using var colleague = await site.WorkAs("analyst");
        await colleague.Post("/api/frameworks", new { code = "told", name = "Told", source = "made up", factors = new[] { new { factor = "N-TRUST", note = Written } } });
        await using var analyst = await site.VisitAs("analyst");
        await analyst.Open("/frameworks/told");
        await analyst.Expect(Written);

        await using var visitor = await site.VisitAs("operator");
        await visitor.Open("/operations/erase-texts");
        await visitor.Write("Form.Id", " tolled");
        await visitor.Write("Form.Versions", "1");
        await visitor.Write("Form.Ground", "A note named somebody");
        await visitor.Press("Go on");
        await visitor.Expect("these events of the framework tolled,");
        await visitor.Press("Erase these texts for ever");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("tolled");
        await visitor.Write("Form.Id", "told");
        await visitor.Press("Go on");
        await visitor.Press("Erase these texts for ever");
        await visitor.Expect("The texts are erased");
        Assert.Empty(visitor.Complaints);

        await analyst.Page.ReloadAsync();
        await analyst.Expect("N-TRUST");
        await Assertions.Expect(analyst.Main).Not.ToContainTextAsync(Written);
    }

    [Fact]
    public async Task Erasing_texts_needs_a_place_versions_and_a_ground()
    {
        using var leader = await site.WorkAs("leader");
        var id = await leader.Log(new { name = "Not to be forgotten" }, ("active", new { reason = "Stays" }));
        await using var visitor = await site.VisitAs("operator");
        await visitor.Open("/operations/erase-texts");
        await visitor.Press("Go on");
        // The browser does not send it.
        Assert.Equal("/operations/erase-texts", new Uri(visitor.Page.Url).AbsolutePath);
        await Assertions.Expect(visitor.Field("Form.Id")).ToBeFocusedAsync();
        await visitor.SendWhateverIsLeftEmpty();
        await visitor.Press("Go on");
        await Assertions.Expect(visitor.Main.Locator("[aria-invalid=true]")).ToHaveCountAsync(3);
        await Assertions.Expect(visitor.Alert.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Of", "Versions", "Ground"]);
        await Assertions.Expect(visitor.Alert).ToBeFocusedAsync();
        await visitor.Write("Form.Id", id.ToString());
        await visitor.Write("Form.Versions", "2");
        await visitor.SendWhateverIsLeftEmpty();
        await visitor.Press("Go on");
        await Assertions.Expect(visitor.Field("Form.Ground")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(visitor.Field("Form.Versions")).ToHaveValueAsync("2");
        await visitor.Write("Form.Ground", "There is none");
        await visitor.Write("Form.Versions", "2, 7");
        await visitor.Press("Go on");
        await visitor.Press("Erase these texts for ever");
        await Assertions.Expect(visitor.Alert.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["Versions: There is no version 7: the latest is 2."]);
        await Assertions.Expect(visitor.Field("Form.Ground")).ToHaveValueAsync("There is none");
        Assert.Equal("Stays", (await History(id))[1].GetProperty("data").GetProperty("reason").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Erases_a_person_whose_reads_are_nobodys_then()
    {
        using var leader = await site.WorkAs("leader", name: "somebody who leaves");
        var id = await leader.Log(new { name = "Logged by somebody who left" });
        await leader.Get($"/api/partnerships/{id}");
        await using var auditor = await site.VisitAs("auditor");
        await auditor.Open($"/audit/partnerships/{id}");
        var person = await auditor.Main.Locator("#v1 code").InnerTextAsync();
        await auditor.Open($"/audit/reads?person={person}");
        await auditor.LookAgainUntil(auditor.Main.GetByText("somebody who leaves"));

        await using var visitor = await site.VisitAs("operator");
        await visitor.Open("/operations");
        await visitor.Follow("Erase a person");
        await visitor.SendWhateverIsLeftEmpty();
        await visitor.Press("Go on");
        await Assertions.Expect(visitor.Field("Form.Id")).ToHaveAttributeAsync("aria-invalid", "true");
        await visitor.Write("Form.Id", "0199f000-0000-7000-8000-000000000000");
        await visitor.Press("Go on");
        await visitor.Press("Erase this person for ever");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("No person is known by 0199f000-0000-7000-8000-000000000000.");
        await visitor.Write("Form.Id", person);
        await visitor.Press("Go on");
        await visitor.Expect(person);
        await visitor.Press("Erase this person for ever");
        await visitor.Expect("The person is erased");

        await auditor.Page.ReloadAsync();
        await auditor.Expect($"erased ({person})");
        await Assertions.Expect(auditor.Main).Not.ToContainTextAsync("somebody who leaves");
    }

    [Fact]
    public async Task Rotates_the_key_once_it_was_read_what_that_does()
    {
        using var leader = await site.WorkAs("leader");
        await leader.Log(new { name = "Signed by the old key" });
        await using var visitor = await site.VisitAs("operator");
        await using var auditor = await site.VisitAs("auditor");
        await auditor.Open("/audit");
        var key = auditor.Main.Locator("pre").Last;
        await auditor.LookAgainUntil(key);
        var before = (await key.InnerTextAsync()).Split('\n')[0];
        await visitor.Open("/operations");
        await visitor.Follow("Rotate the key");
        await visitor.SendWhateverIsLeftEmpty();
        await visitor.Press("Rotate the key");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("I have read what this does");
        await visitor.Main.GetByLabel("I have read what this does").CheckAsync();
        await visitor.Press("Rotate the key");
        await visitor.Expect("A new key is ready");

        // The next note is the new key's first, and the old one stands below it from then on.
        await leader.Log(new { name = "Signed by both keys" });
        await auditor.LookAgainUntil(auditor.Main.Locator("pre").Last.Filter(new() { HasText = $"-----END PUBLIC KEY----- {before}" }));
    }

    private async Task<JsonElement> History(Guid id)
    {
        using var auditor = await site.WorkAs("auditor");
        return (await auditor.Get($"/api/partnerships/{id}/history")).GetProperty("events");
    }
}
