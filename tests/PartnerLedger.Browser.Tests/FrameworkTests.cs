using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>How an analyst writes down which factors are held to matter, beside others who do, too.</summary>
public sealed class FrameworkTests(SampleSite site)
{
    [Fact]
    public async Task Adds_a_framework_compares_it_with_another_and_asks_an_analysis_by_it()
    {
        using var colleague = await site.WorkAs("analyst");
        await colleague.Post("/api/frameworks", new
        {
            code = "ward-round",
            name = "What our ward rounds taught",
            source = "experience, 2024",
            factors = new object[] { new { factor = "N-TRUST", weight = 2 }, new { factor = "N-COMM", weight = 1 } },
        });
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Open("/frameworks");
        await visitor.Follow("Add a framework");
        await visitor.Write("code", "board");
        await visitor.Write("name", "What boards ask");
        await visitor.Write("source", "Minutes of three boards");
        await visitor.Main.Locator("input[name=factor][value=N-TRUST]").CheckAsync();
        await visitor.Write("weight:N-TRUST", "3");
        await visitor.Main.Locator("input[name=factor][value=N-FUND]").CheckAsync();
        await visitor.Write("weight:N-FUND", "heavy");
        await visitor.Write("terms", "Reliance: N-TRUST");
        await visitor.Press("Add it");
        await Assertions.Expect(visitor.Alert.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Terms: Write a term, an equals sign"]);
        await visitor.Write("terms", "Reliance = N-TRUST, N-COMM");
        await visitor.Write("weight:N-FUND", "2");
        await visitor.Press("Add it");
        await Assertions.Expect(visitor.Alert.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Terms: Reliance = N-COMM: "]);
        await visitor.Write("weight:N-FUND", "heavy");
        await visitor.Write("terms", "Reliance = N-TRUST");
        await visitor.Press("Add it");
        await Assertions.Expect(visitor.Field("weight:N-FUND")).ToHaveAttributeAsync("aria-invalid", "true");
        await visitor.Alert.GetByRole(AriaRole.Link, new() { Name = "Weight of N-FUND" }).ClickAsync();
        await Assertions.Expect(visitor.Field("weight:N-FUND")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Field("weight:N-TRUST")).ToHaveValueAsync("3");
        await visitor.Write("weight:N-FUND", "1");
        await visitor.Press("Add it");
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What boards ask");
        await visitor.Expect("Reliance");

        await visitor.Follow("Compare");
        await visitor.Field("second").SelectOptionAsync("ward-round");
        await visitor.Press("Compare");
        await visitor.Expect("Factors that both name: 1. What boards ask alone: 1. What our ward rounds taught alone: 1.");
        await Assertions.Expect(visitor.Main.GetByRole(AriaRole.Row).Filter(new() { HasText = "N-TRUST" }).GetByRole(AriaRole.Cell)).ToHaveTextAsync(["3 (75 %)", "2 (67 %)"]);

        await visitor.Main.GetByRole(AriaRole.Region, new() { Name = "Frameworks", Exact = true }).GetByText("What boards ask").ClickAsync();
        await visitor.Follow("Analysis by this framework");
        await visitor.Main.GetByRole(AriaRole.Navigation, new() { Name = "Analysis" }).GetByText("Contrast").ClickAsync();
        await visitor.ExpectAddress("/analysis/contrast?framework=board");
        await Assertions.Expect(visitor.Main.Locator(".forest tbody th small").Filter(new() { HasText = "N-TRUST" })).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Main.Locator(".forest tbody th small").Filter(new() { HasText = "N-FUND" })).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Main.Locator(".forest tbody tr")).ToHaveCountAsync(2);
        await visitor.Expect("2 factors were tested at once");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_colleagues_revision_of_a_framework_is_not_overwritten_unseen()
    {
        using var colleague = await site.WorkAs("analyst");
        await colleague.Post("/api/frameworks", Said("First words", "experience") with { Code = "revised" });
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Open("/frameworks/revised/revise");
        await visitor.Write("name", "My words");
        await colleague.Put("/api/frameworks/revised", Said("First words", "A colleague's source"));
        await visitor.Press("Revise it");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("Somebody else revised it after you had opened this form");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("A colleague's source");
        await Assertions.Expect(visitor.Field("name")).ToHaveValueAsync("My words");
        Assert.Equal("First words", (await colleague.Get("/api/frameworks/revised")).GetProperty("name").GetString());
        await visitor.Write("source", "Both sources");
        await visitor.Press("Revise it");
        await visitor.Expect("Both sources");
        Assert.Equal("My words", (await colleague.Get("/api/frameworks/revised")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_colleagues_revision_of_a_factor_is_not_overwritten_unseen()
    {
        using var colleague = await site.WorkAs("analyst");
        await colleague.Post("/api/factors", new { code = "N-LANGUAGE", topic = "LANGUAGE", polarity = "negative", label = "No common language" });
        await using var visitor = await site.VisitAs("analyst");
        await visitor.Open("/catalogue/N-LANGUAGE");
        await visitor.Follow("Revise");
        await visitor.Write("Form.Definition", "My definition");
        await colleague.Put("/api/factors/N-LANGUAGE", new { topic = "LANGUAGE", polarity = "negative", label = "No common working language" });
        await visitor.Press("Revise it");
        await Assertions.Expect(visitor.Alert).ToContainTextAsync("No common working language");
        await Assertions.Expect(visitor.Field("Form.Definition")).ToHaveValueAsync("My definition");
        await visitor.Write("Form.Label", "No common working language");
        await visitor.Press("Revise it");
        await visitor.Expect("My definition");
        var now = await colleague.Get("/api/factors/N-LANGUAGE");
        Assert.Equal(("No common working language", "My definition"), (now.GetProperty("label").GetString(), now.GetProperty("definition").GetString()));
    }

    private static Framework Said(string name, string source) => new(name, source, [new { factor = "N-TRUST" }]);

    private sealed record Framework(string Name, string Source, object[] Factors)
    {
        [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public string? Code { get; init; }
    }
}
