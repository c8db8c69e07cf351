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

        var summary = (await service.As(Role.Auditor).Get($"/api/analysis/summary?minPosition={position}")).Must(200);
        Assert.Equal((255, 70), (summary["partnerships"].GetInt64(), summary["informants"].GetInt64()));
        Assert.Equal("""{"nonprofit":190,"industry":112,"government":140}""", summary["bySector"].GetRawText());
        Assert.Equal("""{"1":86,"2":147,"3":20,"undetermined":2}""", summary["bySpan"].GetRawText());
        Assert.All(Study.Regions, region => Assert.Equal(85, summary["byRegion"].GetProperty(region).GetInt64()));
        Assert.All(Study.Stories.CountBy(story => story.Life[^1]), state => Assert.Equal(state.Value, summary["byState"].GetProperty(state.Key).GetInt64()));

        var notes = Study.Stories.SelectMany(story => story.Factors.Distinct(StringComparer.Ordinal)).CountBy(factor => factor);
        Assert.All(notes, note => Assert.Equal(note.Value, items.Count(item => Words(item, "factors").Contains(note.Key))));
        var rows = (await service.As(Role.Auditor).Get("/api/analysis/factors")).Must(200)["rows"].EnumerateArray();
        Assert.Equal(
            notes.Select(note => (note.Key, (long)note.Value, 255L)).OrderBy(row => row.Key, StringComparer.Ordinal),
            rows.Select(row => (row.GetProperty("factor").GetString()!, row.GetProperty("noted").GetInt64(), row.GetProperty("of").GetInt64())).OrderBy(row => row.Item1, StringComparer.Ordinal));
        Assert.Equal(Study.Informants, Study.Stories.Select(story => story.Informant).Distinct(StringComparer.Ordinal).Count());

        int With(string sector) => items.Count(item => Words(item, "sectors").Contains(sector));

        int In(string region) => items.Count(item => Words(item, "regions").Contains(region));

        int Spanning(int? sectors) => items.Count(item => (item.GetProperty("span") is { ValueKind: JsonValueKind.Number } span ? span.GetInt32() : (int?)null) == sectors);
    }

    private static IEnumerable<string?> Words(JsonElement item, string member) => item.GetProperty(member).EnumerateArray().Select(word => word.GetString());
}
