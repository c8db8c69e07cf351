using System.Net;
using System.Text.Json;
using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Pages;

namespace PartnerLedger.Api.Tests.Partnerships.Diff;

/// <summary>What a correction, a withdrawal or an erasure did to an earlier event, in words, where nothing of it is shown of the partnership.</summary>
public sealed class CorrectionWordsTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);
    private readonly LedgerClient auditor = service.As(Role.Auditor);
    private readonly LedgerClient @operator = service.As(Role.Operator);

    [Fact]
    public async Task A_note_of_which_only_the_text_was_corrected_is_told_from_what_to_what()
    {
        var path = await leader.Open();
        await Log(path, "factors", """{"factor":"N-FUND","note":"The grant ends in June."}""");
        await Log(path, "corrections", """{"version":2,"reason":"Read it again","replacement":{"note":"The grant ends in July."}}""");
        await Log(path, "corrections", """{"version":2,"reason":"It does not end","replacement":{"note":null}}""");
        string[] words =
        [
            "Version 3 corrects version 2: its note was “The grant ends in June.”, and is now “The grant ends in July.”; the reason given is “Read it again”.",
            "Version 4 corrects version 2: its note was “The grant ends in July.”, and is now left out; the reason given is “It does not end”.",
        ];
        Assert.Equal(words, await Words(path, 1, 4, "Version"));
        Assert.Equal(words[1..], await Words(path, 3, 4));
        using var visitor = await PageVisitor.SignIn(service, Role.Auditor);
        using var page = await visitor.Get($"/audit/partnerships/{path[^36..]}?version=3");
        Assert.Contains($"<li>{words[0]}</li>", WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_is_told_by_its_reason_its_date_and_who_told_of_it()
    {
        var path = await leader.Open();
        await Log(path, "active", """{"reason":"A grant","informant":"P01","informantRegion":"africa","occurredOn":"2021"}""");
        await Log(path, "corrections", """{"version":2,"reason":"Typing","replacement":{"reason":"A gift","informant":"P02","informantRegion":"eu-plus","occurredOn":"2021-05"}}""");
        await Log(path, "corrections", """{"version":2,"reason":"Of nobody","replacement":{"informant":null,"occurredOn":"2021-05"}}""");
        var events = (await auditor.Get($"{path}/history")).Must(200)["events"];
        var (first, second) = (Informant(events[1].GetProperty("data")), Informant(events[2].GetProperty("data").GetProperty("replacement")));
        Assert.Equal(
            [
                $"Version 3 corrects version 2: its informant was {first}, and is now {second}; its informant’s region was africa, and is now eu-plus; its date was 2021, and is now 2021-05; its reason was “A grant”, and is now “A gift”; the reason given is “Typing”.",
                $"Version 4 corrects version 2: its informant was {second}, and is now left out; its date is 2021-05, as before; the reason given is “Of nobody”.",
            ],
            await Words(path, 2, 4));
    }

    [Fact]
    public async Task What_an_event_says_of_partners_regions_and_factors_is_told_as_everywhere()
    {
        var path = await leader.Open();
        await Log(path, "factors", """{"factor":"N-TRUST","occurredOn":"2021"}""");
        await Log(path, "partners", """{"sector":"industry","occurredOn":"2022"}""");
        await Log(path, "corrections", """{"version":1,"reason":"Typing","replacement":{"name":"Care anywhere","partners":[{"name":"Bus Ltd","sector":"industry","country":"DE"}],"sectorsComplete":false,"regions":["africa"],"purpose":"Fewer falls"}}""");
        await Log(path, "corrections", """{"version":2,"reason":"Another","replacement":{"factor":"S-LEAD"}}""");
        await Log(path, "corrections", """{"version":3,"reason":"Known now","replacement":{"name":"Rail Ltd","sector":"government","country":"FR","sectorsComplete":true}}""");
        Assert.Equal(
            [
                "Version 4 corrects version 1: its name was “Care at home”, and is now “Care anywhere”; its partners were a partner (nonprofit), a partner (government), and are now Bus Ltd (industry, DE); its purpose was left out, and is now “Fewer falls”; its regions were none, and are now africa; the partners’ sectors were all known, and are now not all known; the reason given is “Typing”.",
                "Version 5 corrects version 2: its factor was N-TRUST (negative, TRUST), and is now S-LEAD (success, LEAD); the reason given is “Another”.",
                "Version 6 corrects version 3: its country was left out, and is now FR; its name was left out, and is now “Rail Ltd”; its sector was industry, and is now government; the partners’ sectors were left as before, and are now all known; the reason given is “Known now”.",
            ],
            await Words(path, 3, 6, "Version"));
    }

    [Fact]
    public async Task A_withdrawal_says_why_and_a_later_correction_that_the_event_counts_again()
    {
        var path = await leader.Open();
        await Log(path, "factors", """{"factor":"N-FUND","note":"In June","occurredOn":"2021"}""");
        await Log(path, "corrections", """{"version":2,"reason":"Another one","withdrawn":true}""");
        await Log(path, "corrections", """{"version":2,"reason":"This one after all","replacement":{"note":"In July"}}""");
        await Log(path, "corrections", """{"version":2,"reason":"No","withdrawn":true}""");
        await Log(path, "corrections", """{"version":2,"reason":"Yes","replacement":{}}""");
        Assert.Equal(
            [
                "Version 3 withdraws version 2; the reason given is “Another one”.",
                "Version 4 corrects version 2, which was withdrawn and counts again: its note was “In June”, and is now “In July”; the reason given is “This one after all”.",
                "Version 5 withdraws version 2; the reason given is “No”.",
                "Version 6 corrects version 2, which was withdrawn and counts again; the reason given is “Yes”.",
            ],
            await Words(path, 2, 6));
    }

    [Fact]
    public async Task Texts_that_are_erased_are_said_to_be_erased()
    {
        var path = await leader.Open();
        await Log(path, "factors", """{"factor":"N-FUND","note":"Secret one"}""");
        await Log(path, "corrections", """{"version":2,"reason":"Secret two","replacement":{"note":"Secret three"}}""");
        await Erase(path, """{"versions":[2],"ground":"Consent was withdrawn"}""");
        await Log(path, "corrections", """{"version":2,"reason":"Told anew","replacement":{"note":"The grant ended."}}""");
        await Log(path, "corrections", """{"version":2,"reason":"Secret four","withdrawn":true}""");
        await Erase(path, """{"versions":[4,6],"ground":"Named somebody"}""");
        var diff = (await auditor.Get($"{path}/diff?from=2&to=7")).Must(200);
        Assert.Equal(
            [
                "Version 3 corrects version 2: its note was changed, and both texts are erased; the reason given is erased.",
                "Version 4 erases what was written in version 2; the ground given is erased.",
                "Version 5 corrects version 2: its note was a text that is erased, and is now “The grant ended.”; the reason given is “Told anew”.",
                "Version 6 withdraws version 2; the reason given is erased.",
                "Version 7 erases what was written in versions 4, 6; the ground given is “Named somebody”.",
            ],
            await Words(path, 2, 7, "Version"));
        Assert.DoesNotContain("Secret", diff.Text, StringComparison.Ordinal);
    }

    private static string? Informant(JsonElement data) => data.GetProperty("informant").GetString();

    private async Task Log(string path, string route, string body) => (await leader.Post($"{path}/{route}", body)).Must(200);

    private async Task Erase(string path, string body) => (await @operator.Post($"{path}/erasures", body)).Must(200);

    private async Task<string[]> Words(string path, int from, int to, string begin = "") =>
        [.. (await auditor.Get($"{path}/diff?from={from}&to={to}")).Must(200)["changes"].EnumerateArray().Select(sentence => sentence.GetString()!)
            .Where(sentence => sentence.StartsWith(begin, StringComparison.Ordinal))];
}
