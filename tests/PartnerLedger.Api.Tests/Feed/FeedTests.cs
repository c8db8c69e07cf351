using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Analysis;

namespace PartnerLedger.Api.Tests.Feed;

/// <summary>The ledger as a feed: page by page, and live, with nothing lost and nothing told twice.</summary>
public sealed class FeedTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);
    private readonly LedgerClient auditor = service.As(Role.Auditor);

    [Fact]
    public async Task Pages_tell_every_event_once_in_ledger_order()
    {
        var path = await leader.Open(more: ""","purpose":"Fewer falls" """);
        var last = (await leader.Post($"{path}/factors", """{"factors":["N-TRUST","S-LEAD","N-FUND"],"note":"Told at lunch"}""")).Must(200).Position;
        var positions = new List<long>();
        var texts = new StringBuilder();
        string? next = "/api/events?from=2&limit=7";
        while (next is not null)
        {
            var page = (await auditor.Get(next)).Must(200);
            Assert.InRange(page["items"].GetArrayLength(), 1, 7);
            positions.AddRange(page["items"].EnumerateArray().Select(item => item.GetProperty("position").GetInt64()));
            texts.Append(page.Text);
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal(Enumerable.Range(2, positions.Count).Select(position => (long)position), positions);
        Assert.True(positions[^1] >= last);
        Assert.DoesNotContain("Fewer falls", texts.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Told at lunch", texts.ToString(), StringComparison.Ordinal);
        Assert.Empty((await auditor.Get("/api/events?from=999999")).Must(200)["items"].EnumerateArray());
    }

    [Fact]
    public async Task An_event_is_told_as_its_history_tells_it_with_whose_it_is_and_without_its_texts()
    {
        var path = await leader.Open();
        var position = (await leader.Post($"{path}/active", """{"reason":"A grant","occurredOn":"2024-03"}""")).Must(200).Position;
        var told = (await auditor.Get($"/api/events?from={position}&limit=1")).Must(200)["items"][0];
        var known = (await leader.Get($"{path}/history"))["events"][1];
        Assert.Equal(
            ["position", "streamId", "streamType", "version", "id", "type", "occurredOn", "recordedAt", "actor", "correlationId", "causationId", "data"],
            told.EnumerateObject().Select(member => member.Name));
        Assert.Equal((path[^36..], "partnership"), (told.GetProperty("streamId").GetString(), told.GetProperty("streamType").GetString()));
        foreach (var name in known.EnumerateObject().Select(member => member.Name).Where(name => name != "data"))
        {
            Assert.Equal(known.GetProperty(name).ToString(), told.GetProperty(name).ToString());
        }

        Assert.Equal(
            $$"""{"sha256":"{{known.GetProperty("data").GetProperty("reason").GetProperty("sha256").GetString()}}"}""",
            told.GetProperty("data").GetProperty("reason").GetRawText());
        Assert.Equal("catalogue", (await auditor.Get("/api/events?limit=1"))["items"][0].GetProperty("streamType").GetString());
    }

    [Fact]
    public async Task What_one_node_appends_the_feed_of_another_tells()
    {
        // No timer of this node ever fires: only what it hears of the append can wake the feed.
        await using var other = service.AnotherNode(builder => builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(new StoppedClock())));
        var before = (await leader.Get(await leader.Open())).Position;
        await using var feed = await FeedReader.Open(other.ClientOf(Role.Auditor), $"/api/events?from={before}");
        Assert.Equal(before, (await feed.Next())!.Value.Id);

        var path = await leader.Open();
        var appended = (await leader.Post($"{path}/active")).Must(200).Position;
        Assert.Equal(Enumerable.Range((int)before + 1, (int)(appended - before)).Select(position => (long)position), await feed.UpTo(appended));
    }

    [Fact]
    public async Task Who_comes_back_loses_nothing_and_hears_nothing_twice()
    {
        var first = (await leader.Get(await leader.Open())).Position;
        var path = await leader.Open();
        var writing = Task.Run(async () =>
        {
            var position = 0L;
            for (var i = 0; i < 60; i++)
            {
                position = (await leader.Post($"{path}/factors", """{"factor":"N-TRUST"}""")).Must(200).Position;
            }

            return position;
        });

        var told = new List<long>();
        while (told.Count < 50)
        {
            // The address stays the same, as a browser leaves it; where it stopped is the later word.
            await using var feed = await FeedReader.Open(service.ClientOf(Role.Auditor), $"/api/events?from={first}", told.Count == 0 ? null : told[^1]);
            told.AddRange(await feed.UpTo((told.Count == 0 ? first : told[^1]) + 7));
        }

        await using var rest = await FeedReader.Open(service.ClientOf(Role.Auditor), lastEventId: told[^1]);
        var last = await writing;
        told.AddRange(told[^1] < last ? await rest.UpTo(last) : []);
        Assert.Equal(Enumerable.Range((int)first, told.Count).Select(position => (long)position), told);
    }

    [Fact]
    public async Task The_data_of_the_stream_is_the_item_of_the_page()
    {
        await using var feed = await FeedReader.Open(service.ClientOf(Role.Auditor), "/api/events?from=3");
        var (id, data) = (await feed.Next())!.Value;
        Assert.Equal(3, id);
        Assert.Equal((await auditor.Get("/api/events?from=3&limit=1"))["items"][0].GetRawText(), data.GetRawText());
    }

    [Fact]
    public async Task A_feed_with_nothing_to_tell_says_so_after_a_while_and_goes_on()
    {
        var clock = new LeapingClock();
        await using var node = service.AnotherNode(builder => builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)));
        var before = (await leader.Get(await leader.Open())).Position;
        await using var feed = await FeedReader.Open(node.ClientOf(Role.Auditor), lastEventId: before);
        Assert.Equal("retry: 1000", await feed.NextLine());
        for (var silence = 0; silence < 2; silence++)
        {
            clock.Leap(TimeSpan.FromSeconds(16));
            Assert.Equal(": nothing new", await feed.NextLine());
        }

        // Not before its time: the next line is the event.
        clock.Leap(TimeSpan.FromSeconds(14));
        var position = (await leader.Get(await leader.Open())).Position;
        Assert.Equal($"id: {position}", await feed.NextLine());
    }

    [Fact]
    public async Task A_feed_is_noted_among_the_reads_when_it_begins_and_with_what_it_told_when_it_ends()
    {
        var before = (await leader.Get(await leader.Open())).Position;
        var feed = await FeedReader.Open(service.ClientWith(Tokens.Make([Role.Auditor], "fay")), $"/api/events?from={before}");
        Assert.Equal(before, (await feed.Next())!.Value.Id);
        var begun = Assert.Single(await Noted(1));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (begun.GetProperty("rows").ValueKind, begun.GetProperty("until").ValueKind));

        var position = (await leader.Get(await leader.Open())).Position;
        await feed.UpTo(position);
        await feed.DisposeAsync();
        var ended = Assert.Single(await Noted(2), read => read.GetProperty("until").ValueKind != JsonValueKind.Null);
        Assert.Equal(begun.GetProperty("at").GetDateTime(), ended.GetProperty("at").GetDateTime());
        Assert.True(ended.GetProperty("until").GetDateTime() > ended.GetProperty("at").GetDateTime());
        Assert.Equal(position - before + 1, ended.GetProperty("rows").GetInt64());

        async Task<List<JsonElement>> Noted(int reads)
        {
            var answer = await Eventually.Answers(() => auditor.Get("/api/audit/reads?route=/api/events&limit=500"), answer => Fays(answer).Count >= reads);
            return Fays(answer);
        }

        static List<JsonElement> Fays(Answer answer) => [.. answer.Must(200)["items"].EnumerateArray().Where(read => read.GetProperty("subject").GetString() == "fay")];
    }

    [Fact]
    public async Task The_feed_ends_with_the_token_and_with_the_service()
    {
        await using var node = service.AnotherNode();
        var position = (await leader.Get(await leader.Open())).Position;
        await using var brief = await FeedReader.Open(node.ClientWith(Tokens.Make([Role.Auditor], expires: DateTime.UtcNow.AddSeconds(2))), $"/api/events?from={position}");
        await brief.ToEnd();

        await using var feed = await FeedReader.Open(node.ClientOf(Role.Auditor), $"/api/events?from={position}");
        Assert.Equal(position, (await feed.Next())!.Value.Id);
        node.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await feed.ToEnd();
    }

    [Theory]
    [InlineData("?from=0", null, "from")]
    [InlineData("?from=x", null, "from")]
    [InlineData("?limit=501", null, "limit")]
    [InlineData("?cursor=!", null, "cursor")]
    [InlineData("?limit=10", "text/event-stream", "limit")]
    [InlineData("?cursor=MTA", "text/event-stream", "cursor")]
    public async Task What_cannot_be_meant_is_refused(string query, string? accept, string name) =>
        await (await auditor.Get($"/api/events{query}", accept is null ? [] : [("Accept", accept)])).MustRefuse(name);

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("999999999")]
    public async Task A_place_that_no_feed_of_this_ledger_told_is_refused(string lastEventId) =>
        await (await auditor.Get("/api/events", ("Accept", "text/event-stream"), ("Last-Event-ID", lastEventId))).MustRefuse("Last-Event-ID");
}
