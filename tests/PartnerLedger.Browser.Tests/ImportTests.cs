using System.Text;
using Microsoft.Playwright;

namespace PartnerLedger.Browser.Tests;

/// <summary>How a file of partnerships comes in: whole, or not at all.</summary>
public sealed class ImportTests(WrittenSite site)
{
    [Fact]
    public async Task A_faulty_file_is_told_line_by_line_and_nothing_of_it_is_written()
    {
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open("/imports");
        await Choose(visitor, "commands", "faulty.ndjson",
            """{"partnership":"f-1","command":"open","body":{"name":"Kept out by others","stage":"proposed"}}""",
            """{"partnership":"f-1","command":"active","body":{"occurredOn":"2999"}}""",
            """{"partnership":"f-2","command":"open","body":{"name":"Kept out by its sector","partners":[{"sector":"religious"}]}}""",
            """{"partnership":"f-3","command":"open","body":""",
            """{"partnership":"f-1","command":"factors","body":{"factor":"N-NOWHERE"}}""");
        await visitor.Press("Import");

        await Assertions.Expect(visitor.Alert).ToContainTextAsync("Lines at fault: 4 of 5.");
        var rows = visitor.Main.GetByRole(AriaRole.Region, new() { Name = "Faults by line" }).Locator("tbody tr");
        await Assertions.Expect(rows.Locator("th")).ToHaveTextAsync(["2", "3", "4", "5"]);
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("occurredOn");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("sector");
        await Assertions.Expect(rows.Nth(3)).ToContainTextAsync("N-NOWHERE");
        await visitor.Open("/partnerships?q=Kept+out");
        await visitor.Expect("No partnership is like that.");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Faults_of_two_spreadsheets_say_which_file_and_column_and_checking_writes_nothing()
    {
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open("/imports");
        await Choose(visitor, "partnerships", "p.csv",
            "partnership,version,change,occurredOn,name,stage,partners,sectorsComplete,sector,country,regions,joinedWith,partner,purpose,reason,informant,informantRegion",
            "c-1,,open,2024,From a spreadsheet,,nonprofit|NL|Red Cross,true,,,eu-plus,,,,,,",
            "c-1,,active,soon,,,,,,,,,,,,,");
        await Choose(visitor, "notes", "n.csv", "partnership,version,after,factor,note,informant,informantRegion,occurredOn", "c-1,,,N-NOWHERE,,,,2024");
        await visitor.Press("Check only");
        var table = visitor.Main.GetByRole(AriaRole.Region, new() { Name = "Faults by line" });
        await Assertions.Expect(table.Locator("tbody tr").Filter(new() { HasText = "notes" })).ToContainTextAsync("factor");
        await Assertions.Expect(table.Locator("tbody tr").Filter(new() { HasText = "partnerships" })).ToContainTextAsync("occurredOn");
        await visitor.Open("/partnerships?q=From+a+spreadsheet");
        await visitor.Expect("No partnership is like that.");
    }

    [Fact]
    public async Task The_same_file_comes_in_once()
    {
        string[] lines = ["""{"partnership":"o-1","command":"open","body":{"name":"Imported once","occurredOn":"2024"}}"""];
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open("/imports");
        await Choose(visitor, "commands", "once.ndjson", lines);
        await visitor.Press("Import");
        await visitor.Expect("All of it is in the ledger");
        await Assertions.Expect(visitor.Main).Not.ToContainTextAsync("You imported this file before");
        await visitor.Open("/imports");
        await Choose(visitor, "commands", "another name.ndjson", lines);
        await visitor.Press("Import");
        await visitor.Expect("You imported this file before");
        await visitor.Follow("To the partnerships");
        await visitor.Open("/partnerships?q=Imported+once");
        await Assertions.Expect(visitor.Main.Locator("tbody th")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_good_file_shows_how_far_it_has_come_and_then_its_partnerships()
    {
        const int Partnerships = 3_000;
        await using var visitor = await site.VisitAs("leader");
        await visitor.Open("/imports");
        await Choose(visitor, "commands", "good.ndjson",
            [.. Enumerable.Range(1, Partnerships).SelectMany(i => new[]
            {
                $$$"""{"partnership":"g-{{{i}}}","command":"open","body":{"name":"Clinic network {{{i:0000}}}","regions":["middle-east"],"purpose":"Shared beds"}}""",
                $$$"""{"partnership":"g-{{{i}}}","command":"active","body":{"reason":"Signed"}}""",
                $$$"""{"partnership":"g-{{{i}}}","command":"factors","body":{"factors":["S-LEAD","N-DATA"],"note":"Told by the board"}}""",
            })]);
        // The page of an import that runs listens to its progress by itself, and is loaded anew at its end.
        var progress = await visitor.Page.RunAndWaitForRequestAsync(() => visitor.Press("Import"), request => request.ResourceType == "eventsource");
        Assert.Matches("/api/imports/[0-9a-f-]{36}$", progress.Url);

        await visitor.Expect("All of it is in the ledger");
        await visitor.Expect("Partnerships: 3,000. Events: 12,000.");
        await visitor.Follow("To the partnerships");
        await visitor.Expect("Clinic network");
        await visitor.Write("q", "network 2718");
        await visitor.Main.GetByRole(AriaRole.Button, new() { Name = "Show" }).First.ClickAsync();
        await visitor.Follow("Clinic network 2718");
        await visitor.Expect("Told by the board");
        await visitor.Expect("middle-east");
        Assert.Empty(visitor.Complaints);
    }

    private static Task Choose(Visitor visitor, string field, string file, params string[] lines) =>
        visitor.Field(field).SetInputFilesAsync(new FilePayload { Name = file, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n") });
}
