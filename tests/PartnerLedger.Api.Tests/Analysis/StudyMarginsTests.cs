using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

[Collection(nameof(AnalysisServer))]
public sealed class StudyMarginsTests(AnalysisServer server)
{
    private const int Practitioners = 70;

    // Chosen so that sectors and spans come to the study's margins; the study does not tell the combinations.
    private static readonly (int Partnerships, bool IsComplete, Sector[] Sectors)[] Told =
    [
        (41, true, [Sector.Nonprofit]),
        (22, true, [Sector.Industry]),
        (23, true, [Sector.Government]),
        (50, true, [Sector.Nonprofit, Sector.Industry]),
        (77, true, [Sector.Nonprofit, Sector.Government]),
        (20, true, [Sector.Industry, Sector.Government]),
        (20, true, [Sector.Nonprofit, Sector.Industry, Sector.Government]),
        (2, false, [Sector.Nonprofit]),
    ];

    [Fact]
    public async Task The_summary_of_the_studys_partnerships_has_its_margins()
    {
        await using var ledger = await AnalysisLedger.Make(server);
        var told = 0;
        foreach (var (partnerships, isComplete, sectors) in Told)
        {
            for (var i = 0; i < partnerships; i++)
            {
                await ledger.Append(Guid.CreateVersion7(), new PartnershipProposed
                {
                    Name = $"Partnership {++told}",
                    Partners = [.. sectors.Select(sector => new Partner { Sector = sector })],
                    SectorsComplete = isComplete,
                    Regions = [],
                    Informant = History.Informant(told % Practitioners),
                    OccurredOn = PartialDate.Parse("2020"),
                });
            }
        }

        await ledger.Cut();
        var counted = await ledger.Summary.Ask(new(), CancellationToken.None);
        var summary = Disclosure.For(new HashSet<Role> { Role.Auditor }, 5).Answer(counted, RegionOf.Partnership, []);
        Assert.Equal(255, summary.Partnerships);
        Assert.Equal(70, summary.Informants);
        Assert.Equal([("nonprofit", 190), ("industry", 112), ("government", 140)], summary.BySector.Select(count => (count.Key, count.Value!.Value)));
        Assert.Equal([("1", 86), ("2", 147), ("3", 20), ("undetermined", 2)], summary.BySpan.Select(count => (count.Key, count.Value!.Value)));
    }
}
