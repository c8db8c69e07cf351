using PartnerLedger.Domain.Partnerships;
using static PartnerLedger.Domain.Partnerships.PartnershipState;
using static PartnerLedger.Domain.Tests.Partnerships.Spec;

namespace PartnerLedger.Domain.Tests.Partnerships;

public sealed class LifecycleTests
{
    // The table as the contract prints it; written out here so that the code cannot agree with itself.
    private static readonly Dictionary<PartnershipState, PartnershipState[]> Table = new()
    {
        [Unexplored] = [Proposed],
        [Proposed] = [Undeveloped, Active, Struggling, Successful, Failed],
        [Undeveloped] = [Proposed, Active],
        [Active] = [Struggling, Successful, Failed, Ended],
        [Struggling] = [Active, Successful, Failed],
        [Successful] = [Struggling, Ended],
        [Failed] = [],
        [Ended] = [],
    };

    public static TheoryData<PartnershipState, PartnershipState> Cells =>
        [.. from state in Enum.GetValues<PartnershipState>() from to in Enum.GetValues<PartnershipState>() select (state, to)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_of_the_table_holds(PartnershipState from, PartnershipState to)
    {
        Assert.Equal(Table[from], Lifecycle.Allowed(from));
        Assert.Equal(Table[from].Contains(to), Lifecycle.Allows(from, to));

        // No command leads back to unexplored.
        if (to == Unexplored) return;

        var when = Given(Some.WayTo(from)).When(Command(to));
        if (Table[from].Contains(to))
        {
            when.Then(Some.Becomes(to) with { Reason = Some.Text("so it was"), Informant = Some.Informant, InformantRegion = "africa" });
            return;
        }

        var rejection = when.ThenRejected(from == to ? "repeated-state" : "lifecycle-step");
        Assert.Equal(from, rejection.State);
        Assert.Equal(Table[from], rejection.Allowed);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_step_recorded_elsewhere_sets_the_state_whatever_the_table_says(PartnershipState from, PartnershipState to) =>
        Assert.Equal(to, Some.Folded([.. Some.WayTo(from), Some.Becomes(to)]).State);

    [Theory]
    [InlineData(Unexplored)]
    [InlineData(Proposed)]
    [InlineData(Undeveloped)]
    public void A_partnership_opens_with_its_stage_and_what_is_said_of_it(PartnershipState stage)
    {
        var opening = Some.Opening with
        {
            Regions = ["africa"],
            Purpose = Some.Text("why"),
            SectorsComplete = false,
            Informant = Some.Informant,
            InformantRegion = "africa",
        };

        var e = Assert.IsAssignableFrom<StageEvent>(Assert.Single(Partnership.Open(stage, opening).Events));
        var partnership = Partnership.Fold(null, e);

        Assert.Equal(stage, Lifecycle.StateAfter(e));
        Assert.Equal(stage, partnership.State);
        Assert.Equal(1, partnership.Version);
        Assert.Equal(opening.Name, partnership.Name);
        Assert.Equal(opening.Partners, partnership.Partners.Select(p => p.Partner));
        Assert.False(partnership.SectorsComplete);
        Assert.Equal(opening.Regions, partnership.Regions);
        Assert.Equal(opening.Purpose, partnership.Purpose);
        Assert.Equal(new TextPlace(1, "/purpose"), partnership.PurposeAt);
        Assert.Equal(Some.Day, partnership.OpenedOn);
        Assert.Equal([new StandingInformant(1, Some.Informant, "africa", Some.Day)], partnership.Informants);
        Assert.Equal(stage == Proposed ? Some.Day : null, partnership.ProposedOn);
    }

    [Theory]
    [InlineData(Active)]
    [InlineData(Struggling)]
    [InlineData(Failed)]
    [InlineData(Successful)]
    [InlineData(Ended)]
    public void A_partnership_does_not_open_with_a_later_state(PartnershipState stage)
    {
        var rejection = new When(Partnership.Open(stage, Some.Opening)).ThenRejected("opening-stage", RejectionKind.Invalid);

        Assert.Equal("/stage", rejection.Pointer);
    }

    [Fact]
    public void It_was_proposed_when_it_was_first_proposed()
    {
        var partnership = Some.Folded(
            new PartnershipUnexplored { OccurredOn = PartialDate.Parse("2019") },
            new PartnershipProposed { OccurredOn = PartialDate.Parse("2020") },
            new PartnershipUndeveloped { OccurredOn = PartialDate.Parse("2021") },
            new PartnershipProposed { OccurredOn = PartialDate.Parse("2018") });

        Assert.Equal(PartialDate.Parse("2020"), partnership.ProposedOn);
        Assert.Equal(PartialDate.Parse("2019"), partnership.OpenedOn);
    }

    [Fact]
    public void A_later_proposal_leaves_what_was_said_at_the_opening()
    {
        var opening = Some.Folded(
            new PartnershipUnexplored { Name = "A", Regions = ["africa"], SectorsComplete = false, Purpose = Some.Text("p"), OccurredOn = Some.Day });

        var proposed = opening.Apply(new PartnershipProposed { OccurredOn = Some.Day });

        Assert.Equal(
            (opening.Name, opening.Regions, opening.SectorsComplete, opening.Purpose, opening.PurposeAt),
            (proposed.Name, proposed.Regions, proposed.SectorsComplete, proposed.Purpose, proposed.PurposeAt));
    }

    private static Func<Partnership, Decision<IPartnershipEvent>> Command(PartnershipState to)
    {
        var reason = Some.Text("so it was");
        return to switch
        {
            Proposed => p => p.Propose(reason, Some.Informant, "africa", Some.Day),
            Undeveloped => p => p.Undevelop(reason, Some.Informant, "africa", Some.Day),
            Active => p => p.Activate(reason, Some.Informant, "africa", Some.Day),
            Struggling => p => p.Struggle(reason, Some.Informant, "africa", Some.Day),
            Failed => p => p.Fail(reason, Some.Informant, "africa", Some.Day),
            Successful => p => p.Succeed(reason, Some.Informant, "africa", Some.Day),
            _ => p => p.End(reason, Some.Informant, "africa", Some.Day),
        };
    }
}
