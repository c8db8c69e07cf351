using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests;

/// <summary>The study's figures come out of the service as they went in.</summary>
public sealed class StudyTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    [Fact]
    public async Task The_studys_figures_come_out_as_they_went_in()
    {
        var leader = service.As(Role.Leader);
        var position = await Study.Log(leader);
        var items = new List<JsonElement>();
        string? next = $"/api/partnerships?limit=100&sort=oldest&minPosition={position}";
        while (next is not null)
        {
            var page = (await leader.Get(next)).Must(200);
            items.AddRange(page["items"].EnumerateArray());
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal(Study.Partnerships, items.Select(item => item.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Equal((190, 112, 140), (With("nonprofit"), With("industry"), With("government")));
        Assert.Equal((86, 147, 20, 2), (Spanning(1), Spanning(2), Spanning(3), Spanning(null)));
        Assert.Equal((85, 85, 85), (In("asia-pacific"), In("eu-plus"), In("north-america")));
        foreach (var state in Study.Stories.CountBy(story => story.Life[^1]))
        {
            Assert.Equal(state.Value, items.Count(item => item.GetProperty("state").GetString() == state.Key));
        }

        var notes = Study.Stories.SelectMany(story => story.Factors.Distinct(StringComparer.Ordinal)).CountBy(factor => factor);
        Assert.All(notes, note => Assert.Equal(note.Value, items.Count(item => Words(item, "factors").Contains(note.Key))));
        Assert.Equal(Study.Informants, Study.Stories.Select(story => story.Informant).Distinct(StringComparer.Ordinal).Count());

        int With(string sector) => items.Count(item => Words(item, "sectors").Contains(sector));

        int In(string region) => items.Count(item => Words(item, "regions").Contains(region));

        int Spanning(int? sectors) => items.Count(item => (item.GetProperty("span") is { ValueKind: JsonValueKind.Number } span ? span.GetInt32() : (int?)null) == sectors);
    }

    private static IEnumerable<string?> Words(JsonElement item, string member) => item.GetProperty(member).EnumerateArray().Select(word => word.GetString());
}
