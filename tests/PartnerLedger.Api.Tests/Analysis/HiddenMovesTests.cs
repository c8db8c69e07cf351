using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>Whoever knows the lifecycle, all moves that are shown and how many are in which state, tries to work out the hidden ones.</summary>
public sealed class HiddenMovesTests
{
    private const long Threshold = 3;

    private const int MostUnknown = 5;

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
            var unknown = hidden.Select(way => counted.Find(way.From, way.To) ?? new(way.From, way.To, 0, 0, 0, 0)).ToList();
            if (unknown.Count > MostUnknown)
            {
                return;
            }

            var possible = Solutions(counted, unknown).ToList();
            Assert.All(Enumerable.Range(0, unknown.Count).Where(i => unknown[i].Moves > 0), i => Assert.True(
                possible.Max(numbers => numbers[i]) - possible.Min(numbers => numbers[i]) >= Threshold, $"{unknown[i]} is known too well."));
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

    // Every number from none to more than the threshold above the true one.
    private static IEnumerable<long[]> Solutions(CountedMoves counted, List<CountedMove> unknown)
    {
        var numbers = new long[unknown.Count];
        return Try(0);

        IEnumerable<long[]> Try(int i)
        {
            if (i == unknown.Count)
            {
                return Enum.GetValues<PartnershipState>().All(state => Balances(counted, unknown, numbers, state)) ? [[.. numbers]] : [];
            }

            return Enumerable.Range(0, (int)(unknown[i].Moves + Threshold + 1)).SelectMany(number =>
            {
                numbers[i] = number;
                return Try(i + 1);
            });
        }
    }

    // Who came into a state, or began in it, left it or is there; how many began is not told, nor is a small number who are there.
    private static bool Balances(CountedMoves counted, List<CountedMove> unknown, long[] numbers, PartnershipState state)
    {
        var came = counted.Moves.Where(move => move.From is not null && move.To == state).Sum(Number);
        var left = counted.Moves.Where(move => move.From == state).Sum(Number);
        var there = counted.Stays.Where(stay => stay.State == state).Sum(stay => stay.Partnerships);
        var (mayBegin, isTold) = (Lifecycle.Openings.Contains(state), !Summary(counted).Hides(SummaryMargin.ByState, state.ToWord()));
        return (mayBegin, isTold) switch
        {
            (true, true) => there + left - came >= 0,
            (false, true) => came - left == there,
            (false, false) => came - left >= 0,
            (true, false) => true,
        };

        long Number(CountedMove move) => unknown.IndexOf(move) is var i and >= 0 ? numbers[i] : move.Moves;
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
