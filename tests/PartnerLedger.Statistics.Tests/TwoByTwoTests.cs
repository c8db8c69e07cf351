using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class TwoByTwoTests
{
    private static readonly Arbitrary<TwoByTwo> Small = Tables(14);

    private static readonly Arbitrary<TwoByTwo> Any = Gen.OneOf(Tables(30).Generator, Tables(100_000).Generator).ToArbitrary();

    [Theory]
    [InlineData(56, 70, 48, 80, .0524, .3339)]
    [InlineData(9, 10, 3, 10, .1705, .8090)]
    [InlineData(5, 56, 0, 29, -.0381, .1926)]
    [InlineData(10, 10, 0, 20, .6791, 1)]
    public void The_limits_of_a_risk_difference_are_those_that_newcombe_published(long noted, long of, long versusNoted, long versusOf, double low, double high)
    {
        var difference = new TwoByTwo(noted, of, versusNoted, versusOf).RiskDifference()!;

        Assert.Equal(((double)noted / of) - ((double)versusNoted / versusOf), difference.Value, 15);
        Assert.Equal(low, difference.Low, 4);
        Assert.Equal(high, difference.High, 4);
    }

    [Fact]
    public void Both_odds_ratios_of_7_in_34_against_1_in_34_are_as_published()
    {
        var table = new TwoByTwo(7, 34, 1, 34);

        var woolf = table.OddsRatio()!;
        Assert.Equal((8.5556, .9905, 73.90), (Math.Round(woolf.Value, 4), Math.Round(woolf.Low, 4), Math.Round(woolf.High, 2)));
        var exact = table.ExactOddsRatio()!;
        Assert.Equal(8.3293, exact.Value!.Value, 4);
        Assert.Equal(.9733, exact.Low, .9733 * 5e-3);
        Assert.Equal(396.99, exact.High!.Value, 396.99 * 5e-3);
    }

    [Theory]
    [InlineData(3, 4, 1, 4, .4857143)]
    [InlineData(2, 17, 10, 13, .0005367)]
    public void The_exact_p_values_are_as_published(long noted, long of, long versusNoted, long versusOf, double p) =>
        Assert.Equal(p, new TwoByTwo(noted, of, versusNoted, versusOf).FisherPValue()!.Value, 1e-7);

    [Fact]
    public void The_p_value_is_that_of_adding_up_every_table() =>
        Prop.ForAll(Small, table => table.Of == 0 || table.VersusOf == 0
            ? table.FisherPValue() is null
            : Math.Abs(table.FisherPValue()!.Value - Enumerated(table)) < 1e-12).QuickCheckThrowOnFailure();

    [Fact]
    public void The_exact_estimate_and_limits_solve_their_equations_over_every_table() =>
        Prop.ForAll(Small, table =>
        {
            var (least, most) = Support(table);
            if (table.ExactOddsRatio() is not { } exact)
            {
                return least == most;
            }

            return (exact.Value is not > 0 || Math.Abs(Weights(table, exact.Value.Value).Sum(w => w.X * w.P) - table.Noted) < 1e-8)
                && (exact.Low == 0 ? table.Noted == least : Math.Abs(Weights(table, exact.Low).Where(w => w.X >= table.Noted).Sum(w => w.P) - .025) < 1e-9)
                && (exact.High is { } high ? Math.Abs(Weights(table, high).Where(w => w.X <= table.Noted).Sum(w => w.P) - .025) < 1e-9 : table.Noted == most);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Limits_hold_their_estimate() =>
        Prop.ForAll(Any, table =>
            (table.RiskDifference() is not { } d || (d.Low <= d.Value && d.Value <= d.High && d.Low >= -1 && d.High <= 1))
            && (table.OddsRatio() is not { } o || (o.Low <= o.Value && o.Value <= o.High))
            && (table.ExactOddsRatio() is not { } e || (e.Low <= (e.Value ?? double.MaxValue) && (e.Value ?? 0) <= (e.High ?? double.MaxValue))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Exchanging_the_groups_turns_every_answer_round() =>
        Prop.ForAll(Any, table =>
        {
            var turned = new TwoByTwo(table.VersusNoted, table.VersusOf, table.Noted, table.Of);
            return Same(table.RiskDifference()?.Low, -turned.RiskDifference()?.High)
                && Same(table.OddsRatio()?.Value, 1 / turned.OddsRatio()?.Value)
                && Same(table.ExactOddsRatio()?.Value is > 0 and var value ? value : null, 1 / (turned.ExactOddsRatio()?.Value is > 0 and var other ? other : null))
                && Same(table.ExactOddsRatio()?.High, 1 / (turned.ExactOddsRatio()?.Low is > 0 and var low ? low : null))
                && Same(table.FisherPValue(), turned.FisherPValue());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(60_000, 100_000, 50_000, 100_000)]
    [InlineData(1_000, 1_000_000, 1_300, 1_000_000)]
    [InlineData(0, 500_000, 1_000_000, 1_000_000)]
    [InlineData(500_000, 1_000_000, 250_100, 500_000)]
    public void Large_counts_are_no_trouble(long noted, long of, long versusNoted, long versusOf)
    {
        var table = new TwoByTwo(noted, of, versusNoted, versusOf);
        var exact = table.ExactOddsRatio()!;

        Assert.All([table.FisherPValue()!.Value, exact.Low, exact.Value ?? 0, exact.High ?? 0], number => Assert.True(double.IsFinite(number)));
        Assert.InRange(table.FisherPValue()!.Value, 0, 1);
        if (table.OddsRatio() is { } woolf)
        {
            Assert.Equal(1, exact.Value!.Value / woolf.Value, .01);
            Assert.Equal(1, exact.High!.Value / woolf.High, .01);
        }
    }

    [Fact]
    public void Far_in_the_tail_the_p_value_keeps_its_digits()
    {
        // Of all ways to choose 200 of 400, one: either all of the first or all of the second group.
        var ways = Enumerable.Range(1, 200).Aggregate(1.0, (product, i) => product * (200 + i) / i);
        Assert.Equal(1, new TwoByTwo(200, 200, 0, 200).FisherPValue()!.Value * ways / 2, 9);
    }

    [Theory]
    [InlineData(-1, 5, 0, 0)]
    [InlineData(6, 5, 0, 0)]
    [InlineData(0, 0, 2, 1)]
    [InlineData(0, 0, -1, 1)]
    public void Counts_that_cannot_be_are_a_fault(long noted, long of, long versusNoted, long versusOf) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoByTwo(noted, of, versusNoted, versusOf));

    private static Arbitrary<TwoByTwo> Tables(int most) =>
        (from of in Gen.Choose(0, most)
         from versusOf in Gen.Choose(0, most)
         from noted in Gen.Choose(0, of)
         from versusNoted in Gen.Choose(0, versusOf)
         select new TwoByTwo(noted, of, versusNoted, versusOf)).ToArbitrary();

    private static bool Same(double? one, double? other) =>
        one is null || other is null ? one is null == other is null : Math.Abs(one.Value - other.Value) <= 1e-7 * Math.Max(1e-12, Math.Abs(one.Value));

    private static (long Least, long Most) Support(TwoByTwo table)
    {
        var noted = table.Noted + table.VersusNoted;
        return (Math.Max(0, noted - table.VersusOf), Math.Min(table.Of, noted));
    }

    private static double Enumerated(TwoByTwo table)
    {
        var weights = Weights(table, 1);
        var own = weights.Single(w => w.X == table.Noted).P;
        return weights.Where(w => w.P <= own * (1 + 1e-7)).Sum(w => w.P);
    }

    private static List<(long X, double P)> Weights(TwoByTwo table, double odds)
    {
        var (least, most) = Support(table);
        var noted = table.Noted + table.VersusNoted;
        var weights = new List<(long X, double P)>();
        for (var x = least; x <= most; x++)
        {
            weights.Add((x, Choose(table.Of, x) * Choose(table.VersusOf, noted - x) * Math.Pow(odds, x)));
        }

        var sum = weights.Sum(w => w.P);
        return weights.ConvertAll(w => (w.X, w.P / sum));
    }

    private static double Choose(long n, long k) => Enumerable.Range(1, (int)k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}
