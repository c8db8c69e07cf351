using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>Pages while names are as long as they may be, and while others write.</summary>
public sealed class PagingTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task A_page_may_begin_after_the_longest_name()
    {
        string[] names = [.. new[] { "😀", "😁", "\uFFFD" }.Select(character => string.Concat(Enumerable.Repeat(character, 200)))];
        var position = 0L;
        foreach (var name in names)
        {
            position = (await leader.Get(await leader.Open(name))).Position;
        }

        var found = new List<string?>();
        string? next = $"/api/partnerships?minPosition={position}&sort=name&limit=1";
        while (next is not null)
        {
            var page = (await leader.Get(next)).Must(200);
            found.AddRange(page.Each("items", "name"));
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal(["\uFFFD", "😀", "😁"], found.Where(name => name!.EnumerateRunes().Count() == 200).Select(name => name!.EnumerateRunes().First().ToString()));
    }

    [Fact]
    public async Task The_answer_tells_how_far_it_goes()
    {
        var moved = (await leader.Post($"{await leader.Open()}/active")).Must(200);
        var list = (await leader.Get($"/api/partnerships?q=nothing+of+the+kind&minPosition={moved.Position}")).Must(200);
        Assert.True(long.Parse(list.Header("Ledger-Position")!) >= moved.Position);
        Assert.Equal(0, list["items"].GetArrayLength());
    }

    [Fact]
    public async Task A_position_that_is_not_reached_in_time_is_not_visible_yet()
    {
        await using var hasty = service.AnotherNode(HastyClock.Use);
        var client = hasty.As(Role.Leader);
        foreach (var path in new[] { "/api/partnerships", await leader.Open(), "/api/factors", "/api/regions" })
        {
            var answer = await client.Get($"{path}?minPosition=999999");
            await answer.MustBe("not-yet-visible", 503);
            Assert.Equal("1", answer.Header("Retry-After"));
        }
    }

    [Fact]
    public async Task What_one_node_wrote_is_read_on_another_once_asked_for()
    {
        await using var node = service.AnotherNode();
        var (there, name) = (node.As(Role.Leader), "On the other node");
        for (var i = 0; i < 10; i++)
        {
            var position = (await there.Get(await there.Open(name))).Position;
            Assert.Equal(i + 1, (await leader.Get($"/api/partnerships?q=on+the+other+node&minPosition={position}")).Must(200)["items"].GetArrayLength());
        }
    }
}
