using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Imports;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>That a few partnerships work in a region takes no more from analysts than it must.</summary>
public sealed class SmallRegionTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    [Fact]
    public async Task Beside_a_small_region_the_others_are_told_but_for_one_and_how_many_each_has()
    {
        string[][] regions =
        [
            .. Enumerable.Repeat(new[] { "asia-pacific" }, 30), .. Enumerable.Repeat(new[] { "asia-pacific", "eu-plus" }, 10), .. Enumerable.Repeat(new[] { "eu-plus" }, 40),
            .. Enumerable.Repeat(new[] { "north-america" }, 20), .. Enumerable.Repeat(new[] { "africa" }, 3),
        ];
        var file = string.Join('\n', regions.SelectMany((those, i) => new[]
        {
            $$$"""{"partnership":"p-{{{i}}}","command":"open","body":{"name":"P {{{i}}}","regions":["{{{string.Join("\",\"", those)}}}"]}}""",
            $$$"""{"partnership":"p-{{{i}}}","command":"factors","body":{"factor":"N-TRUST","informant":"i-{{{i}}}"}}""",
        }));
        var leader = service.As(Role.Leader);
        var done = await leader.Done((await leader.Import(file)).Must(202).Header("Location")!);

        var told = (await service.As(Role.Analyst).Get($"/api/analysis/factors?by=region&minPosition={done.Position}")).Must(200)["rows"].EnumerateArray()
            .ToDictionary(row => row.GetProperty("region").GetString()!, row => (Noted: row.GetProperty("noted").GetRawText(), Of: row.GetProperty("of").GetRawText()));

        Assert.Equal(("null", "null"), told["africa"]);
        // How many there are of it the unfiltered summary tells; what was noted of them would give the small region away.
        Assert.Equal(("null", "20"), told["north-america"]);
        Assert.Equal(("40", "40"), told["asia-pacific"]);
        Assert.Equal(("50", "50"), told["eu-plus"]);
    }
}
