using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using static PartnerLedger.Domain.Partnerships.PartnershipState;
using static PartnerLedger.Domain.Tests.Partnerships.Spec;

namespace PartnerLedger.Domain.Tests.Partnerships;

public sealed class CorrectionTests
{
    [Fact]
    public void A_correction_says_what_holds_instead()
    {
        var replacement = new Replacement { Name = "Clinics" };

        Given(Some.Proposed).When(p => p.Correct(1, Some.Text("typo"), replacement)).Then(Some.Corrected(1, replacement));
        Given(Some.Proposed, Some.Noted).When(p => p.Withdraw(2, Some.Text("never happened"))).Then(Some.Withdrawn(2));
    }

    [Fact]
    public void Replacements_of_one_version_accumulate_and_the_latest_holds_for_each_member()
    {
        var after = Some.Folded(
            Some.Proposed,
            Some.Corrected(1, new() { Name = "B", Regions = Optional<IReadOnlyList<string>>.Of(["africa"]) }),
            Some.Corrected(1, new() { Name = "C", OccurredOn = PartialDate.Parse("2020") }));

        Assert.Equal(("C", PartialDate.Parse("2020"), PartialDate.Parse("2020")), (after.Name, after.OpenedOn!.Value, after.ProposedOn!.Value));
        Assert.Equal(["africa"], after.Regions);
        Assert.Equal("Red Clinic", after.Partners[0].Partner.Name);
        Assert.Equal(3, after.Version);
    }

    [Fact]
    public void Null_clears_an_optional_member()
    {
        var noted = Some.Noted with { Note = Some.Text("n"), Informant = Some.Informant, InformantRegion = "africa" };

        var after = Some.Folded(
            Some.Proposed,
            noted,
            Some.Corrected(2, new() { Note = Optional<FreeText>.Null, Informant = Optional<Guid>.Null, InformantRegion = Optional<string>.Null }));

        Assert.Equal(Some.Noted, after.Notes[0].Note);
        Assert.Empty(after.Informants);
    }

    [Fact]
    public void The_purpose_is_found_where_its_text_was_given_last()
    {
        var corrected = Some.Folded(Some.Proposed, Some.Noted, Some.Corrected(1, new() { Purpose = Some.Text("new") }));
        Assert.Equal((Some.Text("new"), new TextPlace(3, "/replacement/purpose")), (corrected.Purpose, corrected.PurposeAt!.Value));

        var renamed = corrected.Apply(Some.Corrected(1, new() { Name = "B" }));
        Assert.Equal(new TextPlace(3, "/replacement/purpose"), renamed.PurposeAt);

        var cleared = renamed.Apply(Some.Corrected(1, new() { Purpose = Optional<FreeText>.Null }));
        Assert.Equal((null, null), (cleared.Purpose, cleared.PurposeAt));

        var again = cleared.Apply(Some.Corrected(1, new() { Purpose = Some.Text("again") }));
        Assert.Equal((Some.Text("again"), new TextPlace(6, "/replacement/purpose")), (again.Purpose, again.PurposeAt!.Value));
    }

    [Fact]
    public void A_withdrawn_event_counts_no_more_until_a_replacement_brings_it_back()
    {
        var noted = Some.Folded(Some.Proposed, Some.Noted, Some.Corrected(2, new() { InformantRegion = "africa" }));

        var withdrawn = noted.Apply(Some.Withdrawn(2));
        Assert.Empty(withdrawn.Notes);
        Assert.Empty(withdrawn.Informants);
        Assert.Equal([1L], withdrawn.Standing.Select(s => s.Version));

        var back = withdrawn.Apply(Some.Corrected(2, new() { OccurredOn = PartialDate.Parse("2021") }));
        Assert.Equal([new(2, Some.Noted with { InformantRegion = "africa", OccurredOn = PartialDate.Parse("2021") })], back.Notes);
    }

    [Fact]
    public void An_empty_replacement_brings_back_what_was_withdrawn_and_is_invalid_otherwise()
    {
        Given(Some.Proposed, Some.Noted, Some.Withdrawn(2)).When(p => p.Correct(2, Some.Text("typo"), new())).Then(Some.Corrected(2, new()));
        Given(Some.Proposed, Some.Noted).When(p => p.Correct(2, Some.Text("typo"), new())).ThenRejected("replacement-empty", RejectionKind.Invalid);
    }

    [Fact]
    public void Withdrawing_a_step_takes_the_state_back() =>
        Assert.Equal(Proposed, Some.Folded(Some.Proposed, Some.Becomes(Failed), Some.Withdrawn(2)).State);

    [Fact]
    public void Every_event_is_corrected_in_its_own_members()
    {
        var partners = Optional<IReadOnlyList<Partner>>.Of([new() { Name = "X", Sector = Sector.Government }]);
        var later = PartialDate.Parse("2025-01");

        var after = Some.Folded(
            Some.Proposed,
            Some.Becomes(Active),
            Some.Joined(Sector.Industry) with { Name = "Z" },
            Some.Left(3),
            new PartnershipRenamed { Name = "R" },
            new RegionsChanged { Regions = ["eu-plus"] },
            Some.Noted,
            Some.Corrected(1, new() { Partners = partners, SectorsComplete = false, Informant = Some.Informant, Reason = Some.Text("r") }),
            Some.Corrected(2, new() { Reason = Some.Text("r"), Informant = Some.Informant, InformantRegion = "africa", OccurredOn = later }),
            Some.Corrected(3, new() { Name = Optional<string>.Null, Sector = Sector.Nonprofit, Country = "DE", SectorsComplete = true, OccurredOn = later }),
            Some.Corrected(4, new() { Reason = Some.Text("r"), OccurredOn = later }),
            Some.Corrected(5, new() { Name = "S" }),
            Some.Corrected(6, new() { Regions = Optional<IReadOnlyList<string>>.Of([]) }),
            Some.Corrected(7, new() { Factor = "S-POWER", Topic = "POWER", Polarity = Polarity.Success, Note = Some.Text("n") }));

        Assert.Equal("S", after.Name);
        Assert.Empty(after.Regions);
        Assert.Equal(
            new PartnershipActive { Reason = Some.Text("r"), Informant = Some.Informant, InformantRegion = "africa", OccurredOn = later },
            after.Standing[1].Event);
        Assert.Equal(
            [new(1, 0, partners.Value[0], Some.Day), new(3, 0, new() { Sector = Sector.Nonprofit, Country = "DE" }, later, later, 4)],
            after.Partners);
        Assert.Equal(2, after.Span);
        Assert.Equal(
            new FactorNoted { Factor = "S-POWER", Topic = "POWER", Polarity = Polarity.Success, Note = Some.Text("n"), OccurredOn = Some.Day },
            after.Notes[0].Note);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public void A_version_that_does_not_exist_is_invalid(long version)
    {
        var given = Given(Some.Proposed, Some.Noted);

        var withdrawn = given.When(p => p.Withdraw(version, Some.Text("r"))).ThenRejected("version-unknown", RejectionKind.Invalid);
        var corrected = given.When(p => p.Correct(version, Some.Text("r"), new() { Name = "B" })).ThenRejected("version-unknown", RejectionKind.Invalid);

        Assert.Equal(("/version", "/version"), (withdrawn.Pointer, corrected.Pointer));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Corrections_withdrawals_and_erasures_are_not_corrected(long version)
    {
        var given = Given(
            Some.Proposed, Some.Noted, Some.Corrected(1, new() { Name = "B" }), Some.Withdrawn(2), new TextErased { Versions = [1] });

        given.When(p => p.Withdraw(version, Some.Text("r"))).ThenRejected("correction-of-correction");
        given.When(p => p.Correct(version, Some.Text("r"), new() { Name = "C" })).ThenRejected("correction-of-correction");
    }

    [Fact]
    public void The_first_event_is_not_withdrawn() =>
        Given(Some.Proposed).When(p => p.Withdraw(1, Some.Text("r"))).ThenRejected("first-event-withdrawn");

    [Fact]
    public void Nothing_is_withdrawn_twice() =>
        Given(Some.Proposed, Some.Noted, Some.Withdrawn(2)).When(p => p.Withdraw(2, Some.Text("r"))).ThenRejected("already-withdrawn");
}
