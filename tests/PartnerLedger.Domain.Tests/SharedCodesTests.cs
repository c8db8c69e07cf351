using System.Text.Json;
using PartnerLedger.Domain.Json;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Tests;

public sealed class SharedCodesTests
{
    [Fact]
    public void Notes_that_were_read_share_their_codes()
    {
        FactorNoted Read() => JsonSerializer.Deserialize<FactorNoted>(
            """{"factor":"N-SHARED","polarity":"negative","topic":"SHARED","informantRegion":"shared","occurredOn":"2024"}""", DomainJson.Options)!;
        var (first, second) = (Read(), Read());
        Assert.Same(first.Factor, second.Factor);
        Assert.Same(first.Topic, second.Topic);
        Assert.Same(first.InformantRegion, second.InformantRegion);
        Assert.Equal(("N-SHARED", "SHARED", "shared"), (first.Factor, first.Topic, first.InformantRegion));
    }
}
