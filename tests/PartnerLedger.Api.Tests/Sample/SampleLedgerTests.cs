using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Sample;

/// <summary>A ledger with the sample set has the study's margins, tells plausible things, and says everywhere that they are made up.</summary>
public sealed class SampleLedgerTests(SampleLedger ledger) : IClassFixture<SampleLedger>
{
    [Fact]
    public async Task It_has_the_studys_margins()
    {
        var summary = (await ledger.Get(Role.Leader, "/api/analysis/summary")).Must(200);

        Assert.Equal((255, 70), (summary["partnerships"].GetInt64(), summary["informants"].GetInt64()));
        Assert.Equal("""{"nonprofit":190,"industry":112,"government":140}""", summary["bySector"].GetRawText());
        Assert.Equal("""{"1":86,"2":147,"3":20,"undetermined":2}""", summary["bySpan"].GetRawText());
        Assert.Equal(
            """{"unexplored":12,"proposed":16,"undeveloped":20,"active":60,"struggling":38,"failed":38,"successful":48,"ended":23}""", summary["byState"].GetRawText());
        var regions = summary["byRegion"].EnumerateObject().Where(region => region.Value.GetInt64() > 0).Select(region => region.Name);
        Assert.Equal(["asia-pacific", "eu-plus", "north-america"], regions);
        var tellers = (await ledger.Get(Role.Leader, "/api/analysis/summary?regionOf=informant")).Must(200)["byRegion"];
        Assert.True(tellers.EnumerateObject().Sum(region => region.Value.GetInt64()) > 255, "Somebody tells of a partnership from another region.");
    }

    [Fact]
    public async Task Of_the_two_that_have_no_span_one_sector_is_known_and_it_is_known_that_there_are_more()
    {
        var open = (await All()).FindAll(partnership => partnership.GetProperty("span").ValueKind == JsonValueKind.Null);

        Assert.Equal(["government", "nonprofit"], open.Select(partnership => Assert.Single(partnership.GetProperty("sectors").EnumerateArray()).GetString()).Order(StringComparer.Ordinal));
        Assert.All(open, partnership => Assert.False(partnership.GetProperty("sectorsComplete").GetBoolean()));
    }

    [Fact]
    public async Task Everything_says_that_it_is_made_up()
    {
        var partnerships = await All();
        Assert.Equal(255, partnerships.Select(partnership => partnership.GetProperty("name").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(partnerships, partnership => Assert.StartsWith("Made-up partnership ", partnership.GetProperty("name").GetString(), StringComparison.Ordinal));
        var one = (await ledger.Get(Role.Leader, $"/api/partnerships/{partnerships[0].GetProperty("id").GetString()}")).Must(200);
        Assert.StartsWith("Made-up: ", one["purpose"].GetString(), StringComparison.Ordinal);

        var texts = SampleLedger.Lines.SelectMany(line => Texts(line.GetProperty("body"))).ToList();
        Assert.True(texts.Count > 1_000);
        Assert.All(texts, text => Assert.StartsWith("made-up", text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Seventy_people_tell_from_thirteen_countries_of_what_was_over_by_2024()
    {
        var bodies = SampleLedger.Lines.Select(line => line.GetProperty("body")).ToList();
        var informants = bodies.Where(body => body.TryGetProperty("informant", out _)).Select(body => (body.GetProperty("informant").GetString(), body.GetProperty("informantRegion").GetString()));
        Assert.Equal(70, informants.Distinct().Count());
        Assert.Equal(13, bodies.Where(body => body.TryGetProperty("partners", out _))
            .SelectMany(body => body.GetProperty("partners").EnumerateArray()).Select(partner => partner.GetProperty("country").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(bodies, body => Assert.InRange(body.GetProperty("occurredOn").GetString()![..4], "2009", "2024"));
    }

    [Fact]
    public async Task What_goes_wrong_is_noted_with_trouble_and_what_helps_with_success()
    {
        var contrast = (await ledger.Get(
            Role.Leader, "/api/analysis/contrast?group=struggling&group=failed&group=unexplored&group=undeveloped&versus=successful&versus=ended")).Must(200);

        Assert.Equal(48, contrast["tests"].GetInt32());
        foreach (var (polarity, sign) in new[] { ("negative", 1), ("success", -1) })
        {
            var differences = contrast["rows"].EnumerateArray().Where(row => row.GetProperty("polarity").GetString() == polarity)
                .Select(row => row.GetProperty("riskDifference").GetProperty("value").GetDouble() * sign).ToList();
            Assert.InRange(differences.Count(difference => difference > 0), 20, 24);
        }
    }

    private async Task<List<JsonElement>> All() => [.. (await ledger.Get(Role.Leader, "/api/partnerships?limit=500&sort=name")).Must(200)["items"].EnumerateArray()];

    // All that a person could read as a name or a text.
    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => member switch
        {
            { Name: "name" or "purpose" or "reason" or "note" or "informant" } => [member.Value.GetString()!],
            _ => Texts(member.Value),
        }),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };
}
