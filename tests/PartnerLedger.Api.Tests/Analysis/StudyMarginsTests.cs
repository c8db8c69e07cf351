using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>The study's margins, as the service counts them.</summary>
public sealed class StudyMarginsTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    [Fact]
    public async Task The_studys_margins_are_counted_as_the_study_has_them()
    {
        var position = await Study.Log(service.As(Role.Leader));
        var summary = (await service.As(Role.Analyst).Get($"/api/analysis/summary?minPosition={position}")).Must(200);
        Assert.Equal(Study.Partnerships, summary["partnerships"].GetInt64());
        Assert.Equal(Study.Informants, summary["informants"].GetInt64());
        Assert.Equal("""{"nonprofit":190,"industry":112,"government":140}""", summary["bySector"].GetRawText());
        Assert.Equal("""{"1":86,"2":147,"3":null,"undetermined":null}""", summary["bySpan"].GetRawText());
        var counts = (await service.As(Role.Auditor).Get("/api/analysis/summary")).Must(200);
        Assert.Equal("""{"1":86,"2":147,"3":20,"undetermined":2}""", counts["bySpan"].GetRawText());
        Assert.Equal(85, counts["byRegion"].GetProperty("eu-plus").GetInt64());

        var factors = (await service.As(Role.Auditor).Get("/api/analysis/factors")).Must(200);
        var noted = Study.Stories.SelectMany(story => story.Factors.Distinct(StringComparer.Ordinal)).CountBy(factor => factor).OrderBy(note => note.Key, StringComparer.Ordinal);
        Assert.Equal(
            noted.Select(note => (note.Key, (long)note.Value, (long)Study.Partnerships)),
            factors["rows"].EnumerateArray().Select(row => (row.GetProperty("factor").GetString()!, Number(row, "noted"), Number(row, "of"))));
    }

    private static long Number(JsonElement row, string member) => row.GetProperty(member).GetInt64();
}
