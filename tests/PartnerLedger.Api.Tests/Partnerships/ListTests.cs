using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>Searching and paging through the partnerships as they stand.</summary>
public sealed class ListTests(ListTests.Logged logged) : IClassFixture<ListTests.Logged>
{
    private readonly LedgerClient leader = logged.Leader;

    [Theory]
    [InlineData("", "ÄRZTE–Netz", "Alpha", "Beta", "Delta", "gamma", "�")]
    [InlineData("state=active", "Beta", "Delta")]
    [InlineData("state=active&state=unexplored", "ÄRZTE–Netz", "Beta", "Delta")]
    [InlineData("sector=industry", "ÄRZTE–Netz", "Beta")]
    [InlineData("sector=industry&sector=government", "ÄRZTE–Netz", "Alpha", "Beta")]
    [InlineData("region=africa", "Alpha", "gamma")]
    [InlineData("region=africa&region=eu-plus", "Alpha", "Beta", "gamma")]
    [InlineData("factor=N-TRUST", "Alpha", "Delta")]
    [InlineData("factor=N-TRUST&factor=S-LEAD", "Alpha", "Delta", "gamma")]
    [InlineData("factor=N-TRUST&state=active", "Delta")]
    [InlineData("q=ärzte", "ÄRZTE–Netz")]
    [InlineData("q=NETZ", "ÄRZTE–Netz")]
    [InlineData("q=A", "Alpha", "Beta", "Delta", "gamma")]
    [InlineData("q=%25")]
    [InlineData("q=_")]
    [InlineData("q=%5C")]
    public async Task Filters_choose_any_of_what_is_repeated_and_all_of_what_is_named(string query, params string[] names)
    {
        var list = await leader.Get($"/api/partnerships?minPosition={logged.Position}{(query.Length > 0 ? "&" : "")}{query}");
        Assert.Equal(names.Order(StringComparer.Ordinal), list.Must(200).Each("items", "name").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("factor=N-NONE", "factor")]
    [InlineData("region=mars", "region")]
    [InlineData("state=lost&region=africa", "state")]
    public async Task A_code_that_is_misspelt_is_refused_rather_than_found_nowhere(string query, string parameter) =>
        await (await leader.Get($"/api/partnerships?{query}")).MustRefuse(parameter);

    [Fact]
    public async Task An_item_tells_the_partnership_as_it_stands()
    {
        var item = Assert.Single((await leader.Get($"/api/partnerships?minPosition={logged.Position}&q=alpha"))["items"].EnumerateArray().ToArray());
        Assert.Equal(
            ["id", "name", "state", "sectors", "sectorsComplete", "span", "regions", "factors", "proposedOn", "version", "position", "lastRecordedAt"],
            item.EnumerateObject().Select(member => member.Name));
        Assert.Equal("""["government"]""", item.GetProperty("sectors").GetRawText());
        Assert.Equal("""["N-TRUST"]""", item.GetProperty("factors").GetRawText());
        Assert.Equal("2001", item.GetProperty("proposedOn").GetString());
    }

    [Fact]
    public async Task Sorting_is_by_change_or_by_name_without_regard_to_case()
    {
        var recent = (await leader.Get($"/api/partnerships?minPosition={logged.Position}")).Each("items", "position").Select(position => long.Parse(position!)).ToArray();
        Assert.Equal(recent.OrderDescending(), recent);
        Assert.Equal(recent, (await leader.Get("/api/partnerships?sort=recent")).Each("items", "position").Select(position => long.Parse(position!)));
        Assert.Equal(recent.Reverse(), (await leader.Get("/api/partnerships?sort=oldest")).Each("items", "position").Select(position => long.Parse(position!)));
        Assert.Equal(["Alpha", "Beta", "Delta", "gamma", "ÄRZTE–Netz", "�"], (await leader.Get("/api/partnerships?sort=name")).Each("items", "name"));
    }

    [Theory]
    [InlineData("recent")]
    [InlineData("oldest")]
    [InlineData("name")]
    public async Task Links_lead_through_all_pages_without_loss_or_doubles(string sort)
    {
        var whole = (await leader.Get($"/api/partnerships?minPosition={logged.Position}&sort={sort}")).Each("items", "id").ToArray();
        for (var limit = 1; limit <= whole.Length; limit++)
        {
            var found = new List<string?>();
            string? next = $"/api/partnerships?sort={sort}&limit={limit}&state=active&state=proposed&state=unexplored&state=failed";
            while (next is not null)
            {
                var page = (await leader.Get(next)).Must(200);
                Assert.True(page["items"].GetArrayLength() <= limit);
                found.AddRange(page.Each("items", "id"));
                next = page.Header("Link") is { } link ? link[1..link.IndexOf(">; rel=\"next\"", StringComparison.Ordinal)] : null;
                Assert.True(found.Count <= whole.Length);
            }

            Assert.Equal(whole, found);
        }
    }

    [Theory]
    [InlineData("cursor=x")]
    [InlineData("cursor=")]
    [InlineData("cursor=MTAw&sort=name")]
    [InlineData("cursor=LTE")]
    [InlineData("cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5")]
    [InlineData("cursor=_w")]
    [InlineData("cursor=AAAA")]
    public async Task A_cursor_that_was_not_given_is_refused(string query) => await (await leader.Get($"/api/partnerships?{query}")).MustRefuse("cursor");

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("state=Active", "state")]
    [InlineData("state=dead", "state")]
    [InlineData("sector=church", "sector")]
    [InlineData("sort=id", "sort")]
    [InlineData("sort=name&sort=name", "sort")]
    [InlineData("q=a&q=b", "q")]
    [InlineData("page=2", "page")]
    [InlineData("minPosition=x", "minPosition")]
    [InlineData("minPosition=99999999999999999999", "minPosition")]
    public async Task A_question_that_is_not_understood_is_refused(string query, string name) => await (await leader.Get($"/api/partnerships?{query}")).MustRefuse(name);

    /// <summary>Six partnerships, each of another shape; nobody logs more.</summary>
    public sealed class Logged(TestCluster cluster) : IAsyncLifetime
    {
        private readonly ServiceFactory service = new(cluster);

        internal LedgerClient Leader { get; private set; } = null!;

        internal long Position { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await service.InitializeAsync();
            Leader = service.As(Role.Leader);
            var alpha = await Leader.Opened("""{"name":"Alpha","partners":[{"sector":"government"}],"regions":["africa"],"occurredOn":"2001"}""");
            (await Leader.Post($"{alpha}/factors", """{"factor":"N-TRUST"}""")).Must(200);
            var beta = await Leader.Opened("""{"name":"Beta","partners":[{"sector":"industry"},{"sector":"nonprofit"}],"regions":["eu-plus","middle-east"]}""");
            (await Leader.Post($"{beta}/active")).Must(200);
            var gamma = await Leader.Opened("""{"name":"gamma","regions":["africa"]}""");
            (await Leader.Post($"{gamma}/factors", """{"factor":"S-LEAD"}""")).Must(200);
            (await Leader.Post($"{gamma}/failed")).Must(200);
            await Leader.Opened("""{"name":"ÄRZTE–Netz","stage":"unexplored","partners":[{"sector":"industry"}]}""");
            await Leader.Opened("""{"name":"�"}""");
            var delta = await Leader.Opened("""{"name":"Wrong","partners":[]}""");
            (await Leader.Post($"{delta}/factors", """{"factors":["N-TRUST","S-LEAD"]}""")).Must(200);
            (await Leader.Post($"{delta}/corrections", """{"version":3,"reason":"x","withdrawn":true}""")).Must(200);
            (await Leader.Post($"{delta}/name", """{"name":"Delta"}""")).Must(200);
            Position = (await Leader.Post($"{delta}/active")).Must(200).Position;
        }

        public ValueTask DisposeAsync() => service.DisposeAsync();
    }
}
