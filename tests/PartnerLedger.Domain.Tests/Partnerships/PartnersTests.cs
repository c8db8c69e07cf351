using PartnerLedger.Domain.Partnerships;
using static PartnerLedger.Domain.Tests.Partnerships.Spec;

namespace PartnerLedger.Domain.Tests.Partnerships;

public sealed class PartnersTests
{
    private static readonly PartnershipProposed Three = Some.Proposed with
    {
        Partners =
        [
            new() { Name = "A", Sector = Sector.Government },
            new() { Name = "B", Sector = Sector.Industry },
            new() { Name = "C", Sector = Sector.Industry },
        ],
    };

    [Fact]
    public void A_partner_joins()
    {
        var expected = new PartnerJoined { Name = "Post", Sector = Sector.Government, Country = "FR", SectorsComplete = false, OccurredOn = Some.Day };

        Given(Some.Proposed)
            .When(p => p.AddPartner(new() { Name = "Post", Sector = Sector.Government, Country = "FR" }, false, Some.Day))
            .Then(expected);

        var after = Some.Folded(Some.Proposed, expected);
        Assert.Equal([(1L, 0, "Red Clinic"), (2L, 0, "Post")], after.Partners.Select(p => (p.JoinedWith, p.Index, p.Partner.Name!)));
        Assert.Equal([Sector.Nonprofit, Sector.Government], after.Sectors);
        Assert.False(after.SectorsComplete);
    }

    [Fact]
    public void The_only_partner_of_an_event_needs_no_index()
    {
        Given(Some.Proposed, Some.Joined(Sector.Industry)).When(p => p.PartnerLeaves(2, null, Some.Text("why"), Some.Day))
            .Then(Some.Left(2) with { Reason = Some.Text("why") });
        Given(Some.Proposed).When(p => p.PartnerLeaves(1, 0, null, Some.Day)).Then(Some.Left(1));
    }

    [Fact]
    public void Of_several_partners_the_index_says_who_leaves()
    {
        Given(Three).When(p => p.PartnerLeaves(1, 1, null, Some.Day)).Then(Some.Left(1, 1));

        var after = Some.Folded(Three, Some.Left(1, 1));
        Assert.Equal([("A", null), ("B", 2L), ("C", null)], after.Partners.Select(p => (p.Partner.Name!, p.LeftWith)));
        Assert.Equal([null, Some.Day, null], after.Partners.Select(p => p.LeftOn));
    }

    [Theory]
    [InlineData(null, "partner-ambiguous")]
    [InlineData(3, "partner-unknown")]
    [InlineData(-1, "partner-unknown")]
    public void An_index_that_names_no_partner_is_invalid(int? index, string code)
    {
        var rejection = Given(Three).When(p => p.PartnerLeaves(1, index, null, Some.Day)).ThenRejected(code, RejectionKind.Invalid);

        Assert.Equal("/partner", rejection.Pointer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(99)]
    public void Who_never_joined_or_whose_joining_was_withdrawn_cannot_leave(long version) =>
        Given(Some.Proposed, Some.Noted, Some.Joined(Sector.Industry), Some.Withdrawn(3))
            .When(p => p.PartnerLeaves(version, null, null, Some.Day)).ThenRejected("partner-unknown", RejectionKind.NotFound);

    [Fact]
    public void Nobody_leaves_twice()
    {
        var rejection = Given(Some.Proposed, Some.Left(1)).When(p => p.PartnerLeaves(1, null, null, Some.Day)).ThenRejected("partner-left-already");

        Assert.Equal(2, rejection.ConflictsWith);
    }

    [Fact]
    public void Whose_leaving_was_withdrawn_may_leave() =>
        Given(Some.Proposed, Some.Left(1), Some.Withdrawn(2)).When(p => p.PartnerLeaves(1, null, null, Some.Day)).Then(Some.Left(1));

    [Fact]
    public void A_leaving_recorded_elsewhere_counts_once_and_only_for_a_known_partner()
    {
        var after = Some.Folded(
            Some.Proposed, Some.Left(1), Some.Left(1) with { OccurredOn = PartialDate.Parse("2030") }, Some.Left(1, 5), Some.Left(77));

        Assert.Equal((5, Some.Day, 2L), (after.Version, after.Partners[0].LeftOn!.Value, after.Partners[0].LeftWith!.Value));
    }

    [Fact]
    public void The_sectors_are_those_of_all_partners_ever_in_their_order()
    {
        var after = Some.Folded(Three, Some.Joined(Sector.Nonprofit), Some.Left(1, 0));

        Assert.Equal([Sector.Nonprofit, Sector.Industry, Sector.Government], after.Sectors);
        Assert.Equal(3, after.Span);
    }

    [Fact]
    public void The_span_is_undetermined_while_no_partner_is_known_or_not_all_sectors_are()
    {
        Assert.Null(Some.Folded(Three with { Partners = [] }).Span);
        Assert.Null(Some.Folded(Three with { SectorsComplete = false }).Span);
        Assert.Equal(2, Some.Folded(Three with { SectorsComplete = null }).Span);
        Assert.Null(Some.Folded(Three, Some.Joined(Sector.Industry, sectorsComplete: false)).Span);
        Assert.Null(Some.Folded(Three with { SectorsComplete = false }, Some.Joined(Sector.Industry)).Span);
        Assert.Equal(2, Some.Folded(Three with { SectorsComplete = false }, Some.Joined(Sector.Industry, sectorsComplete: true)).Span);
    }
}
