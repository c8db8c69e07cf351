using PartnerLedger.Domain.Partnerships;
using static PartnerLedger.Domain.Partnerships.PartnershipState;
using static PartnerLedger.Domain.Tests.Partnerships.Spec;

namespace PartnerLedger.Domain.Tests.Partnerships;

public sealed class CorrectionConflictTests
{
    [Fact]
    public void A_withdrawal_that_leaves_a_forbidden_step_conflicts_with_that_step()
    {
        var rejection = Given(Some.Proposed, Some.Becomes(Active), Some.Noted, Some.Becomes(Ended))
            .When(p => p.Withdraw(2, Some.Text("r"))).ThenRejected("correction-conflict");

        Assert.Equal((4L, Ended), (rejection.ConflictsWith!.Value, rejection.State!.Value));
        Assert.Empty(rejection.Allowed!);
    }

    [Fact]
    public void A_withdrawal_that_leaves_a_repeated_state_conflicts_with_its_repetition() =>
        Assert.Equal(4, Given(Some.Proposed, Some.Becomes(Active), Some.Becomes(Struggling), Some.Becomes(Active))
            .When(p => p.Withdraw(3, Some.Text("r"))).ThenRejected("correction-conflict").ConflictsWith);

    [Fact]
    public void A_withdrawal_that_leaves_only_allowed_steps_is_accepted() =>
        Given(Some.Proposed, Some.Becomes(Active), Some.Becomes(Struggling), Some.Becomes(Failed))
            .When(p => p.Withdraw(3, Some.Text("never happened"))).Then(Some.Withdrawn(3));

    [Fact]
    public void Bringing_a_step_back_conflicts_with_what_was_recorded_since() =>
        Assert.Equal(4, Given(Some.Proposed, Some.Becomes(Active), Some.Withdrawn(2), Some.Becomes(Active))
            .When(p => p.Correct(2, Some.Text("r"), new())).ThenRejected("correction-conflict").ConflictsWith);

    [Fact]
    public void A_step_that_no_longer_fits_itself_is_not_brought_back() =>
        Assert.Equal(3, Given(Some.Proposed, Some.Becomes(Active), Some.Becomes(Ended), Some.Withdrawn(3), Some.Withdrawn(2))
            .When(p => p.Correct(3, Some.Text("r"), new())).ThenRejected("correction-conflict").ConflictsWith);

    [Fact]
    public void A_joining_is_not_withdrawn_while_the_leaving_stands()
    {
        Assert.Equal(3, Given(Some.Proposed, Some.Joined(Sector.Industry), Some.Left(2))
            .When(p => p.Withdraw(2, Some.Text("r"))).ThenRejected("correction-conflict").ConflictsWith);
        Given(Some.Proposed, Some.Joined(Sector.Industry), Some.Left(2), Some.Withdrawn(3))
            .When(p => p.Withdraw(2, Some.Text("never happened"))).Then(Some.Withdrawn(2));
    }

    [Fact]
    public void A_partner_who_left_is_not_replaced_by_nobody() =>
        Assert.Equal(2, Given(Some.Proposed, Some.Left(1))
            .When(p => p.Correct(1, Some.Text("r"), new() { Partners = Optional<IReadOnlyList<Partner>>.Of([]) }))
            .ThenRejected("correction-conflict").ConflictsWith);

    [Fact]
    public void A_leaving_is_not_brought_back_once_the_partner_left_again() =>
        Assert.Equal(4, Given(Some.Proposed, Some.Left(1), Some.Withdrawn(2), Some.Left(1))
            .When(p => p.Correct(2, Some.Text("r"), new())).ThenRejected("correction-conflict").ConflictsWith);

    [Fact]
    public void What_did_not_fit_before_does_not_forbid_the_remedy() =>
        Given(Some.Proposed, Some.Becomes(Ended), Some.Becomes(Active), Some.Left(9))
            .When(p => p.Withdraw(3, Some.Text("never happened"))).Then(Some.Withdrawn(3));
}
