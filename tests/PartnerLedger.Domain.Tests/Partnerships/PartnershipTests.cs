using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using static PartnerLedger.Domain.Tests.Partnerships.Spec;

namespace PartnerLedger.Domain.Tests.Partnerships;

public sealed class PartnershipTests
{
    public static TheoryData<PartnershipState> States => [.. Enum.GetValues<PartnershipState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void Factors_are_noted_in_every_state_and_after_the_end_too(PartnershipState state)
    {
        var trust = Some.Noted with { Note = Some.Text("they never called"), Informant = Some.Informant };
        var power = Some.Noted with { Factor = "S-POWER", Topic = "POWER", Polarity = Polarity.Success };

        Given(Some.WayTo(state)).When(p => p.NoteFactors(trust, power)).Then(trust, power);

        var way = Some.WayTo(state);
        var after = Some.Folded([.. way, trust, power]);
        Assert.Equal(state, after.State);
        Assert.Equal([new(way.Length + 1, trust), new(way.Length + 2, power)], after.Notes);
        Assert.Equal([new StandingInformant(way.Length + 1, Some.Informant, null, Some.Day)], after.Informants);
    }

    [Fact]
    public void A_partnership_is_renamed()
    {
        Given(Some.Proposed).When(p => p.Rename("Couriers")).Then(new PartnershipRenamed { Name = "Couriers" });
        Assert.Equal("Couriers", Some.Folded(Some.Proposed, new PartnershipRenamed { Name = "Couriers" }).Name);
    }

    [Fact]
    public void Its_regions_are_replaced_as_a_whole()
    {
        Given(Some.Proposed).When(p => p.ChangeRegions(["africa", "eu-plus"])).Then(new RegionsChanged { Regions = ["africa", "eu-plus"] });
        Assert.Equal(["africa"], Some.Folded(Some.Proposed, new RegionsChanged { Regions = ["africa"] }).Regions);
    }

    [Fact]
    public void An_erasure_counts_as_a_version_and_changes_nothing_else()
    {
        var before = Some.Folded(Some.Proposed, Some.Noted);

        var after = before.Apply(new TextErased { Versions = [1, 2] });

        Assert.Equal(3, after.Version);
        Assert.Equal((before.State, before.Name, before.Purpose), (after.State, after.Name, after.Purpose));
        Assert.Equal(before.Standing, after.Standing);
    }

    [Fact]
    public void Each_event_raises_the_version_by_one_through_Create_and_Apply()
    {
        Assert.Equal(1, Partnership.Create(new PartnershipUnexplored { OccurredOn = Some.Day }).Version);
        Assert.Equal(1, Partnership.Create(new PartnershipUndeveloped { OccurredOn = Some.Day }).Version);
        var partnership = Partnership.Create(Some.Proposed);

        Partnership[] after =
        [
            partnership.Apply(new PartnershipUnexplored { OccurredOn = Some.Day }),
            partnership.Apply(new PartnershipUndeveloped { OccurredOn = Some.Day }),
            partnership.Apply(new PartnershipProposed { OccurredOn = Some.Day }),
            partnership.Apply(new PartnershipActive { OccurredOn = Some.Day }),
            partnership.Apply(new PartnershipStruggling { OccurredOn = Some.Day }),
            partnership.Apply(new PartnershipFailed { OccurredOn = Some.Day }),
            partnership.Apply(new PartnershipSuccessful { OccurredOn = Some.Day }),
            partnership.Apply(new PartnershipEnded { OccurredOn = Some.Day }),
            partnership.Apply(Some.Noted),
            partnership.Apply(Some.Joined(Sector.Industry)),
            partnership.Apply(Some.Left(1)),
            partnership.Apply(new PartnershipRenamed { Name = "B" }),
            partnership.Apply(new RegionsChanged { Regions = [] }),
            partnership.Apply(Some.Corrected(1, new() { Name = "B" })),
            partnership.Apply(Some.Withdrawn(1)),
            partnership.Apply(new TextErased { Versions = [1] }),
        ];

        Assert.All(after, p => Assert.Equal(2, p.Version));
        Assert.Equal(EventVocabulary.Partnership.Names.Count, after.Length);
    }

    [Fact]
    public void Nothing_that_another_writer_may_append_breaks_the_fold()
    {
        IPartnershipEvent[] nonsense =
        [
            Some.Left(7),
            Some.Corrected(9, new() { Name = "nobody" }),
            Some.Withdrawn(0),
            Some.Withdrawn(long.MaxValue),
            Some.Corrected(2, new() { Name = "correction of a correction" }),
            Some.Noted,
            Some.Corrected(6, new() { Factor = Optional<string>.Null, Sector = Sector.Industry }),
            new PartnershipProposed { Name = "late", Partners = [null!, new() { Sector = Sector.Industry }], OccurredOn = Some.Day },
        ];

        var partnership = Some.Folded(nonsense);

        Assert.Equal(nonsense.Length, partnership.Version);
        Assert.Equal("N-TRUST", Assert.Single(partnership.Notes).Note.Factor);
        Assert.Equal(("late", PartnershipState.Proposed), (partnership.Name, partnership.State));
        Assert.Equal(Some.Day, partnership.OpenedOn);
    }

    [Fact]
    public void Until_an_event_says_more_a_partnership_is_unexplored_and_nameless()
    {
        var partnership = Some.Folded(new RegionsChanged { Regions = ["africa"] });

        Assert.Equal((PartnershipState.Unexplored, "", null, null), (partnership.State, partnership.Name, partnership.Span, partnership.OpenedOn));
        Assert.Null(Partnership.Fold([]));
    }
}
