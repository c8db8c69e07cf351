using System.Text.Json.Nodes;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships.Diff;

/// <summary>What changed between a partnership as it was known at two versions, in words and as a patch.</summary>
public sealed class DiffTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);
    private readonly LedgerClient auditor = service.As(Role.Auditor);

    [Fact]
    public async Task The_patch_makes_of_each_version_any_later_one()
    {
        var path = await Lived();
        for (var from = 1; from <= 12; from++)
        {
            for (var to = from; to <= 12; to++)
            {
                var diff = (await auditor.Get($"{path}/diff?from={from}&to={to}")).Must(200);
                var then = (await auditor.Get($"{path}?version={from}")).Must(200).Json;
                var now = (await auditor.Get($"{path}?version={to}")).Must(200).Json;
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(now.GetRawText()), diff["patch"].Apply(then)), $"{from} to {to}: {diff.Text}");
                Assert.Equal(from == to, diff["patch"].GetArrayLength() == 0);
                Assert.Equal((from, to, path[^36..]), (diff["from"].GetInt64(), diff["to"].GetInt64(), diff["id"].GetString()));
            }
        }
    }

    [Fact]
    public async Task The_words_say_what_changed()
    {
        var path = await Lived();
        Assert.Equal(
            [
                "It was proposed, and is now active.",
                "It was called “Care at home”, and is now called “Care anywhere”.",
                "Its purpose was “Fewer falls”, and is now “Fewer readmissions”.",
                "Its regions were none, and are now africa, eu-plus.",
                "A partner (nonprofit) joined 2020, which is now told as 2019.",
                "A partner (government) joined 2020, which is now told as 2019.",
                "Bus Ltd (industry, DE) joined, 2022, and left, 2023.",
                "Noted: S-LEAD (success, LEAD), 2021-07.",
                "It was first proposed 2020, which is now told as 2019.",
                "Version 9 corrects version 1: its date was 2020, and is now 2019; its purpose was “Fewer falls”, and is now “Fewer readmissions”; the reason given is “Typing”.",
                "Version 10 withdraws version 3; the reason given is “Another one”.",
                "Version 11 corrects version 8: its date was 2021, and is now 2021-07; the reason given is “Dated”.",
            ],
            await Words(path, 1, 11));
        Assert.Equal(["No longer noted: N-TRUST (negative, TRUST), 2021-06-30.", "Version 10 withdraws version 3; the reason given is “Another one”."], await Words(path, 9, 10));
        Assert.Equal(
            [
                "The note of version 8 was S-LEAD (success, LEAD), 2021, and is now S-LEAD (success, LEAD), 2021-07.",
                "Version 11 corrects version 8: its date was 2021, and is now 2021-07; the reason given is “Dated”.",
            ],
            await Words(path, 10, 11));
        Assert.Equal(["Bus Ltd (industry, DE) left, 2023."], await Words(path, 4, 5));
        Assert.Equal(["The sectors of its partners are no longer all known.", "A partner (government) joined, 2024."], (await Words(path, 11, 12)).Order(StringComparer.Ordinal).Reverse());
        Assert.Empty(await Words(path, 12, 12));
    }

    [Fact]
    public async Task Of_an_erased_purpose_only_is_said_that_it_changed()
    {
        var path = await Lived();
        (await service.As(Role.Operator).Post($"{path}/erasures", """{"versions":[1],"ground":"They asked us to."}""")).Must(200);
        var diff = (await auditor.Get($"{path}/diff?from=1&to=13")).Must(200);
        var words = diff["changes"].EnumerateArray().Select(sentence => sentence.GetString()).ToArray();
        Assert.Contains("Its purpose was changed.", words);
        Assert.Contains("Version 13 erases what was written in version 1; the ground given is “They asked us to.”.", words);
        Assert.Contains("Version 9 corrects version 1: its date was 2020, and is now 2019; its purpose was changed, and both texts are erased; the reason given is erased.", words);
        Assert.DoesNotContain("Fewer", diff.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(diff["patch"].EnumerateArray(), operation => operation.GetProperty("path").GetString() == "/purpose");
    }

    [Fact]
    public async Task The_patch_alone_comes_as_what_it_is()
    {
        var path = await Lived();
        var patch = (await auditor.Get($"{path}/diff?from=2&to=5", ("Accept", "application/json-patch+json"))).Must(200);
        Assert.Equal("application/json-patch+json", patch.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((await auditor.Get($"{path}/diff?from=2&to=5"))["patch"].GetRawText(), patch.Text);
    }

    [Theory]
    [InlineData("", "from", "to")]
    [InlineData("?from=1", "to")]
    [InlineData("?from=0&to=-1", "from", "to")]
    [InlineData("?from=x&to=1", "from")]
    [InlineData("?from=2&to=1", "from")]
    public async Task Versions_that_cannot_be_meant_are_refused(string query, params string[] names) =>
        await (await auditor.Get($"{await leader.Open()}/diff{query}")).MustRefuse(names);

    [Fact]
    public async Task What_there_never_was_is_not_found()
    {
        await (await auditor.Get($"{await leader.Open()}/diff?from=1&to=2")).MustBe("not-found", 404);
        await (await auditor.Get("/api/partnerships/0199f000-0000-7000-8000-000000000000/diff?from=1&to=2")).MustBe("not-found", 404);
        await (await auditor.Get("/api/partnerships/0190a000-0000-7000-8000-00000ca7a106/diff?from=1&to=2")).MustBe("not-found", 404);
    }

    private async Task<string[]> Words(string path, int from, int to) =>
        [.. (await auditor.Get($"{path}/diff?from={from}&to={to}")).Must(200)["changes"].EnumerateArray().Select(sentence => sentence.GetString()!)];

    private async Task<string> Lived()
    {
        var path = await leader.Open(more: ""","purpose":"Fewer falls" """);
        (string Route, string Body)[] life =
        [
            ("active", """{"reason":"A grant","occurredOn":"2021-05"}"""),
            ("factors", """{"factor":"N-TRUST","note":"No answer","occurredOn":"2021-06-30"}"""),
            ("partners", """{"name":"Bus Ltd","sector":"industry","country":"DE","occurredOn":"2022"}"""),
            ("partners/4/left", """{"reason":"Sold","occurredOn":"2023"}"""),
            ("name", """{"name":"Care anywhere"}"""),
            ("regions", """{"regions":["africa","eu-plus"]}"""),
            ("factors", """{"factor":"S-LEAD","occurredOn":"2021"}"""),
            ("corrections", """{"version":1,"reason":"Typing","replacement":{"purpose":"Fewer readmissions","occurredOn":"2019"}}"""),
            ("corrections", """{"version":3,"reason":"Another one","withdrawn":true}"""),
            ("corrections", """{"version":8,"reason":"Dated","replacement":{"occurredOn":"2021-07"}}"""),
            ("partners", """{"sector":"government","sectorsComplete":false,"occurredOn":"2024"}"""),
        ];
        foreach (var (route, body) in life)
        {
            (await leader.Post($"{path}/{route}", body)).Must(200);
        }

        return path;
    }
}
