using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class ProportionTests
{
    private static readonly Arbitrary<(long Noted, long Of)> Counts =
        (from of in Gen.OneOf(Gen.Choose(1, 100), Gen.Choose(1, 1_000_000_000))
         from noted in Gen.OneOf(Gen.Choose(0, of), Gen.Constant(0), Gen.Constant(of))
         select ((long)noted, (long)of)).ToArbitrary();

    [Theory]
    [InlineData(81, 263, .2553, .3662)]
    [InlineData(15, 148, .0624, .1605)]
    [InlineData(0, 20, 0, .1611)]
    [InlineData(1, 29, .0061, .1718)]
    public void The_limits_are_those_that_newcombe_published(long noted, long of, double low, double high)
    {
        var proportion = Proportion.Wilson(noted, of)!;

        Assert.Equal((double)noted / of, proportion.Share, 15);
        Assert.Equal(low, proportion.Low, 4);
        Assert.Equal(high, proportion.High, 4);
    }

    [Fact]
    public void The_interval_holds_the_share_and_stays_between_nothing_and_everything() =>
        Prop.ForAll(Counts, counts => Proportion.Wilson(counts.Noted, counts.Of) is { } p
            && p.Low >= 0 && p.Low <= p.Share && p.Share <= p.High && p.High <= 1 && p.Low < p.High)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Noting_and_not_noting_mirror_each_other() =>
        Prop.ForAll(Counts, counts =>
        {
            var noted = Proportion.Wilson(counts.Noted, counts.Of)!;
            var rest = Proportion.Wilson(counts.Of - counts.Noted, counts.Of)!;
            return Math.Abs(noted.Low - (1 - rest.High)) < 1e-12 && Math.Abs(noted.High - (1 - rest.Low)) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_limits_solve_the_score_equation() =>
        Prop.ForAll(Counts, counts =>
        {
            var p = Proportion.Wilson(counts.Noted, counts.Of)!;
            return new[] { p.Low, p.High }.Where(limit => limit is > 0 and < 1).All(limit =>
            {
                var z = (p.Share - limit) / Math.Sqrt(limit * (1 - limit) / counts.Of);
                return Math.Abs(Math.Abs(z) - 1.959963984540054) < 1e-3;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_billion_partnerships_are_no_trouble()
    {
        var proportion = Proportion.Wilson(500_000_000, 1_000_000_000)!;
        Assert.Equal(0.5, proportion.Share);
        Assert.Equal(0.5 - (1.959963984540054 * 0.5 / Math.Sqrt(1e9)), proportion.Low, 9);
    }

    [Fact]
    public void Of_nothing_there_is_no_share() => Assert.Null(Proportion.Wilson(0, 0));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(0, -1)]
    public void Counts_that_cannot_be_are_a_fault(long noted, long of) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(noted, of));
}
