using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Tests.Partnerships;

public sealed class HistoryPropertyTests
{
    // Corrections reach for the first dozen versions, so longer histories add little.
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(30);

    [Fact]
    public void Folding_event_by_event_tells_what_all_events_together_tell() => Check.One(Thorough, Prop.ForAll(Histories.Foreign, history =>
    {
        Partnership? state = null;
        for (var version = 1; version <= history.Length; version++)
        {
            state = Partnership.Fold(state, history[version - 1]);
            Assert.Equal(version, state.Version);
            Assert.Equal(NaiveFold.Tell(history[..version]), NaiveFold.Tell(state));
        }

        if (state is not null) Assert.Equal(NaiveFold.Tell(state), NaiveFold.Tell(Partnership.Fold(history)!));
    }));

    [Fact]
    public void Accepted_commands_lead_only_where_the_table_allows() => Check.One(Thorough, Prop.ForAll(Histories.Commands, commands =>
    {
        var (_, history) = Obey(commands);

        var states = NaiveFold.Standing(history).Select(s => s.Event).OfType<LifecycleEvent>().Select(Lifecycle.StateAfter).ToList();
        Assert.Contains(states[0], Lifecycle.Openings);
        Assert.All(states.Zip(states.Skip(1)), step => Assert.True(Lifecycle.Allows(step.First, step.Second), $"{step}"));
    }));

    [Fact]
    public void Accepted_commands_leave_nobody_who_left_without_having_joined() => Check.One(Thorough, Prop.ForAll(Histories.Commands, commands =>
    {
        var (state, history) = Obey(commands);

        Assert.Equal(NaiveFold.Tell(history), NaiveFold.Tell(state));
        Assert.Equal(
            state.Standing.Where(s => s.Event is PartnerLeft).Select(s => s.Version),
            state.Partners.Where(p => p.LeftWith is not null).Select(p => p.LeftWith!.Value).Order());
    }));

    [Fact]
    public void A_state_does_not_change_when_a_later_one_grows_from_it() => Check.One(Thorough, Prop.ForAll(Histories.Foreign, history =>
    {
        var states = history.Aggregate(new List<Partnership>(), (states, e) => [.. states, Partnership.Fold(states.LastOrDefault(), e)]);
        var told = states.ConvertAll(NaiveFold.Tell);

        // Every state grows a second time, beside what already grew from it.
        foreach (var state in states) Partnership.Fold(Partnership.Fold(state, Some.Noted), Some.Joined(Sector.Industry));

        Assert.Equal(told, states.ConvertAll(NaiveFold.Tell));
    }));

    private static (Partnership State, List<IPartnershipEvent> History) Obey(Func<Partnership, Decision<IPartnershipEvent>>[] commands)
    {
        var history = new List<IPartnershipEvent>(Partnership.Open(PartnershipState.Proposed, Some.Opening).Events);
        var state = Partnership.Fold(null, history[0]);
        foreach (var command in commands)
        {
            var decision = command(state);
            history.AddRange(decision.Events);
            state = decision.Events.Aggregate(state, Partnership.Fold);
        }

        return (state, history);
    }
}
