using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class LinearProgramTests
{
    private const int Amounts = 5;
    private const int Most = 3;

    private static readonly Arbitrary<(int[] First, int[] Second, int[] Gain)> Programs = (
        from first in Gen.Choose(-1, 1).ArrayOf(Amounts)
        from second in Gen.Choose(-1, 1).ArrayOf(Amounts)
        from gain in Gen.Choose(-3, 3).ArrayOf(Amounts)
        select (first, second, gain)).ToArbitrary();

    [Fact]
    public void One_amount_may_move_as_far_as_the_other_that_balances_it() =>
        Assert.Equal([2, 2], LinearProgram.Maximize([[1, -1]], [1, 0], [5, 2]));

    [Fact]
    public void Nothing_moves_where_nothing_gains() => Assert.Equal([0, 0], LinearProgram.Maximize([[1, -1]], [-1, 0], [5, 2]));

    [Fact]
    public void Amounts_balance_within_their_bounds_and_no_whole_amounts_gain_more() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Programs, program =>
    {
        var rows = new[] { program.First, program.Second };
        var amounts = LinearProgram.Maximize(
            [.. rows.Select(row => Array.ConvertAll(row, one => (double)one))], Array.ConvertAll(program.Gain, one => (double)one), [.. Enumerable.Repeat((double)Most, Amounts)]);

        Assert.All(amounts, amount => Assert.InRange(amount, -1e-9, Most + 1e-9));
        Assert.All(rows, row => Assert.Equal(0, row.Zip(amounts).Sum(one => one.First * one.Second), 9));
        var best = Whole(Amounts).Where(whole => rows.All(row => row.Zip(whole).Sum(one => one.First * one.Second) == 0))
            .Max(whole => program.Gain.Zip(whole).Sum(one => one.First * one.Second));
        Assert.True(program.Gain.Zip(amounts).Sum(one => one.First * one.Second) > best - 1e-6);
    }));

    private static IEnumerable<int[]> Whole(int amounts) =>
        amounts == 0 ? [[]] : Whole(amounts - 1).SelectMany(rest => Enumerable.Range(0, Most + 1).Select(int[] (one) => [.. rest, one]));
}
