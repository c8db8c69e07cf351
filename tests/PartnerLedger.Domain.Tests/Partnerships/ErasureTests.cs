using PartnerLedger.Domain.Partnerships;
using static PartnerLedger.Domain.Tests.Partnerships.Spec;

namespace PartnerLedger.Domain.Tests.Partnerships;

public sealed class ErasureTests
{
    [Fact]
    public void An_erasure_says_which_texts_went_and_on_what_ground()
    {
        var decision = Some.Folded(Some.Proposed, Some.Noted).EraseTexts([1, 2], Some.Text("consent withdrawn"));
        var erased = Assert.IsType<TextErased>(Assert.Single(decision.Events));
        Assert.Equal([1, 2], erased.Versions);
        Assert.Equal(Some.Text("consent withdrawn"), erased.Ground);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void What_was_never_recorded_cannot_be_erased(long version)
    {
        var rejection = Given(Some.Proposed, Some.Noted).When(p => p.EraseTexts([1, version], Some.Text("r"))).ThenRejected("version-unknown", RejectionKind.Invalid);
        Assert.Equal("/versions/1", rejection.Pointer);
    }
}
