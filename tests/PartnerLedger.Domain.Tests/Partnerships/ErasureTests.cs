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

    [Fact]
    public void An_erasure_that_was_lost_is_repeated_once_and_says_which_it_was()
    {
        var (one, other) = (Earlier(1), Earlier(2));
        var again = Assert.IsType<TextErased>(Assert.Single(Some.Folded(Some.Proposed, Some.Noted).EraseAgain([2], Some.Text("restored"), one).Events));
        Assert.Equal([2], again.Versions);
        Assert.Equal(one, again.Earlier);

        Given(Some.Proposed, Some.Noted, again).When(p => p.EraseAgain([2], Some.Text("restored"), Earlier(1))).ThenRejected("already-repeated", RejectionKind.Conflict);
        Assert.True(Some.Folded(Some.Proposed, Some.Noted, again).EraseAgain([2], Some.Text("restored"), other).IsAccepted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void What_was_never_recorded_cannot_be_erased(long version)
    {
        var rejection = Given(Some.Proposed, Some.Noted).When(p => p.EraseTexts([1, version], Some.Text("r"))).ThenRejected("version-unknown", RejectionKind.Invalid);
        Assert.Equal("/versions/1", rejection.Pointer);
    }

    private static EarlierErasure Earlier(byte number) =>
        new() { Id = new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number), By = Some.Informant, At = "2025-03-01T08:00:00.000000Z" };
}
