using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Tests.Analysis.Attacks;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>Whoever knows the lifecycle, all moves that are shown and how many are in which state, tries to work out the hidden ones.</summary>
public sealed class HiddenMovesTests
{
    private const long Threshold = 3;

    /// <summary>Some ways through the lifecycle, each gone by some partnerships.</summary>
    private static readonly Arbitrary<(PartnershipState[] Way, int Partnerships)[]> Ways = (
        from opening in Gen.Elements(Lifecycle.Openings.ToArray())
        from turns in Gen.Choose(0, 5).ArrayOf(5)
        from length in Gen.Choose(1, 5)
        from partnerships in Gen.Choose(1, 6)
        select (Walk(opening, turns[..length]), partnerships)).ArrayOf(4).ToArbitrary();

    [Fact]
    public void No_hidden_number_of_moves_can_be_narrowed_down_from_those_that_are_shown() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Ways, ways =>
        {
            var counted = Count(ways);
            var moves = counted.Moves.Where(move => move.From is not null).ToList();
            var hidden = Hidden(counted);
            Assert.All(moves.Where(move => move.Moves < Threshold), move => Assert.Contains((move.From!.Value, move.To), hidden));
            Assert.Equal(hidden, Hidden(counted with { Moves = [.. counted.Moves.Reverse()] }));
            var unknown = hidden.ToList();
            var (possible, unknowns) = Possible(counted, unknown);
            Assert.True(possible.IsPossible);
            for (var i = 0; i < unknown.Count; i++)
            {
                var one = new double[unknowns];
                one[i] = 1;
                var (low, high) = possible.Range(one);
                Assert.True(counted.Find(unknown[i].From, unknown[i].To) is null || high - low >= Threshold, $"{unknown[i]} is known too well: {low} to {high}.");
            }
        }));

    [Fact]
    public void What_only_one_hidden_number_would_leave_open_takes_another_with_it()
    {
        var counted = Count(
            (Walk(PartnershipState.Proposed, [1, 1]), 8),
            ([PartnershipState.Proposed, PartnershipState.Active, PartnershipState.Failed], 8),
            ([PartnershipState.Proposed, PartnershipState.Active, PartnershipState.Struggling, PartnershipState.Failed], 2));

        var hidden = Hidden(counted);
        Assert.Contains((PartnershipState.Struggling, PartnershipState.Failed), hidden);
        Assert.Contains((PartnershipState.Active, PartnershipState.Failed), hidden);
        Assert.DoesNotContain((PartnershipState.Proposed, PartnershipState.Active), hidden);
    }

    private static IReadOnlySet<(PartnershipState From, PartnershipState To)> Hidden(CountedMoves counted) =>
        HiddenMoves.Of(counted, new(Summary(counted), new(), Threshold), Threshold);

    private static PublicSummary Summary(CountedMoves counted) =>
        new([.. counted.Stays.Select(stay => new CountedCell(stay.State, 1, true, [], stay.Partnerships))], Threshold);

    // Who came into a state, or began in it, left it or is there; how many began is not told, nor is a small number who are there.
    private static (Feasible Possible, int Unknowns) Possible(CountedMoves counted, List<(PartnershipState From, PartnershipState To)> hidden)
    {
        var states = Enum.GetValues<PartnershipState>();
        var openings = Lifecycle.Openings;
        var small = states.Where(state => Summary(counted).Hides(SummaryMargin.ByState, state.ToWord())).ToList();
        var unknowns = hidden.Count + openings.Count + small.Count;
        return (new(unknowns, [.. states.Select(state =>
        {
            var terms = new double[unknowns];
            for (var i = 0; i < hidden.Count; i++)
            {
                terms[i] = (hidden[i].To == state ? 1 : 0) - (hidden[i].From == state ? 1 : 0);
            }

            for (var i = 0; i < openings.Count; i++)
            {
                terms[hidden.Count + i] = openings[i] == state ? 1 : 0;
            }

            for (var i = 0; i < small.Count; i++)
            {
                terms[hidden.Count + openings.Count + i] = small[i] == state ? -1 : 0;
            }

            var shown = counted.Moves.Where(move => move.From is { } from && !hidden.Contains((from, move.To))).ToList();
            var there = small.Contains(state) ? 0 : counted.Stays.Where(stay => stay.State == state).Sum(stay => stay.Partnerships);
            var left = shown.Where(move => move.From == state).Sum(move => move.Moves);
            return (terms, (double)(there + left - shown.Where(move => move.To == state).Sum(move => move.Moves)), false);
        })]), unknowns);
    }

    private static CountedMoves Count(params (PartnershipState[] Way, int Partnerships)[] ways)
    {
        var moves = ways.SelectMany(way => way.Way.Select((to, i) => (From: i == 0 ? (PartnershipState?)null : way.Way[i - 1], To: to, way.Partnerships)))
            .GroupBy(move => (move.From, move.To))
            .Select(alike => new CountedMove(alike.Key.From, alike.Key.To, alike.Sum(move => move.Partnerships), alike.Sum(move => move.Partnerships), 0, 0));
        var stays = ways.GroupBy(way => way.Way[^1]).Select(alike => new CountedStay(alike.Key, alike.Sum(way => way.Partnerships), 0));
        return new([.. moves], [.. stays]);
    }

    private static PartnershipState[] Walk(PartnershipState opening, int[] turns) => turns.Aggregate(
        new[] { opening }, (way, turn) => Lifecycle.Allowed(way[^1]) is { Count: > 0 } next ? [.. way, next[turn % next.Count]] : way);
}
