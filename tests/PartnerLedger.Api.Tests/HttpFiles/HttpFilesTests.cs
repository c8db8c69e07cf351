namespace PartnerLedger.Api.Tests.HttpFiles;

/// <summary>The stories in http/ hold: each of their requests is answered as its comment says.</summary>
public sealed class HttpFilesTests(ListeningService service) : IClassFixture<ListeningService>
{
    public static TheoryData<string> Files { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "http"), "*.http").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_role_has_a_story() =>
        Assert.Equal(["analyst.http", "auditor.http", "leader.http", "operator.http"], Files.Select(file => file.Data));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_request_says_in_words_what_it_is_for_and_which_status_to_expect(string name)
    {
        var path = Path.Combine(Repository.Root, "http", name);
        var lines = File.ReadAllLines(path);
        var requests = HttpFile.Read(path).Requests;
        Assert.NotEmpty(requests);
        Assert.All(requests, request => Assert.NotNull(request.Expected));
        // A block that the reader took for a comment would never be sent.
        Assert.Equal(lines.Count(line => line.StartsWith("###", StringComparison.Ordinal)), requests.Count);
        Assert.All(
            lines.Index().Where(line => line.Item.StartsWith("###", StringComparison.Ordinal)),
            line => Assert.Matches("^# [A-Za-z].*[.,?:)]$", lines[line.Index + 1]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Sent_from_top_to_bottom_every_request_is_answered_as_its_comment_says(string name)
    {
        var file = HttpFile.Read(Path.Combine(Repository.Root, "http", name));
        Assert.Equal("http://localhost:5080", file.Variables["host"]);
        var variables = new Dictionary<string, string>(file.Variables, StringComparer.Ordinal) { ["host"] = service.Url };
        using var client = new HttpClient();
        Assert.Empty(await new Replay(file with { Variables = variables }, client).Run());
    }
}
