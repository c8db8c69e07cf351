using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class RankCorrelationTests
{
    private static readonly Arbitrary<(double[] X, double[] Y)> Pairs =
        (from pairs in (from x in Gen.Choose(-9, 9) from y in Gen.Choose(-9, 9) select (X: (double)x, Y: (double)y)).ListOf()
         select (pairs.Select(pair => pair.X).ToArray(), pairs.Select(pair => pair.Y).ToArray())).ToArbitrary();

    [Fact]
    public void The_tuna_of_hollander_and_wolfe_correlate_as_published() =>
        Assert.Equal(.6, RankCorrelation.Spearman(
            [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1],
            [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8])!.Value, 12);

    [Fact]
    public void Ties_share_the_middle_of_their_ranks() =>
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RankCorrelation.Spearman([1, 2, 2, 3], [10, 20, 30, 40])!.Value, 12);

    [Fact]
    public void Only_the_order_counts_and_both_sides_are_alike() =>
        Prop.ForAll(Pairs, pairs =>
        {
            var (x, y) = pairs;
            var rho = RankCorrelation.Spearman(x, y);
            var risen = RankCorrelation.Spearman([.. x.Select(Math.Exp)], y);
            var turned = RankCorrelation.Spearman([.. x.Select(value => -value)], y);
            return rho is null
                ? risen is null && turned is null && (x.Distinct().Count() < 2 || y.Distinct().Count() < 2)
                : rho is >= -1 and <= 1 && rho == risen && Math.Abs(rho.Value + turned!.Value) < 1e-12
                    && rho == RankCorrelation.Spearman(y, x);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_order_agrees_with_itself_and_disagrees_with_its_reverse()
    {
        double[] values = [.. Enumerable.Range(0, 1000)];

        Assert.Equal(1, RankCorrelation.Spearman(values, values)!.Value, 12);
        Assert.Equal(-1, RankCorrelation.Spearman(values, [.. values.Reverse()])!.Value, 12);
    }

    [Fact]
    public void Without_an_order_there_is_no_correlation()
    {
        Assert.Null(RankCorrelation.Spearman([], []));
        Assert.Null(RankCorrelation.Spearman([1], [2]));
        Assert.Null(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankCorrelation.Spearman([1, 2, 3], [7, 7, 7]));
    }

    [Fact]
    public void What_has_no_rank_or_no_partner_is_a_fault()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankCorrelation.Spearman([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 2], [1, 2, 3]));
    }
}
