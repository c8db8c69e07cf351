using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics;

namespace PartnerLedger.Statistics.Tests;

public sealed class RateTests
{
    private static readonly Arbitrary<(long Events, double Time)> Counts =
        (from events in Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(0, 5_000), Gen.Choose(0, int.MaxValue))
         from tenths in Gen.Choose(1, 1_000_000)
         select ((long)events, tenths / 10d)).ToArbitrary();

    [Fact]
    public void The_limits_are_those_that_r_publishes()
    {
        var rate = Rate.Poisson(137, 24.19893)!;

        Assert.Equal(5.661407, rate.Value, 6);
        Assert.Equal(4.753125, rate.Low, 6);
        Assert.Equal(6.692709, rate.High, 6);
    }

    [Theory]
    [InlineData(0, 0, 3.688879)]
    [InlineData(1, .025318, 5.571643)]
    [InlineData(5, 1.623486, 11.668332)]
    public void Few_events_have_the_limits_of_the_tables(long events, double low, double high)
    {
        var rate = Rate.Poisson(events, 1)!;

        Assert.Equal(low, rate.Low, 6);
        Assert.Equal(high, rate.High, 6);
    }

    [Fact]
    public void The_limits_hold_the_rate_and_are_finite() =>
        Prop.ForAll(Counts, counts => Rate.Poisson(counts.Events, counts.Time) is { } r
            && r.Low >= 0 && r.Low <= r.Value && r.Value < r.High && double.IsFinite(r.High)
            && r.Low > 0 == counts.Events > 0)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void At_each_limit_what_was_seen_is_as_rare_as_one_in_forty() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), events =>
        {
            var rate = Rate.Poisson(events, 1)!;
            return Math.Abs(SpecialFunctions.GammaLowerRegularized(events, rate.Low) - .025) < 1e-9
                && Math.Abs(SpecialFunctions.GammaUpperRegularized(events + 1, rate.High) - .025) < 1e-9;
        }).QuickCheckThrowOnFailure();

    // Found by the property above: the way to its quantile left the positive numbers.
    [Fact]
    public void No_count_is_beyond_the_root_finder()
    {
        var rate = Rate.Poisson(72_779, 1)!;

        Assert.Equal(.025, SpecialFunctions.GammaLowerRegularized(72_779, rate.Low), 9);
        Assert.Equal(.025, SpecialFunctions.GammaUpperRegularized(72_780, rate.High), 9);
    }

    [Fact]
    public void The_limits_do_not_jump_where_the_events_become_many()
    {
        var (few, many) = (Rate.Poisson(999_998, 1e6)!, Rate.Poisson(1_000_000, 1e6)!);

        Assert.Equal(many.Value - few.Value, many.Low - few.Low, 8);
        Assert.Equal(many.Value - few.Value, many.High - few.High, 8);
    }

    [Fact]
    public void Without_time_there_is_no_rate()
    {
        Assert.Null(Rate.Poisson(0, 0));
        Assert.Null(Rate.Poisson(3, 0));
        Assert.Null(Rate.Poisson(3, double.Epsilon));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    public void Counts_and_times_that_cannot_be_are_a_fault(long events, double time) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rate.Poisson(events, time));
}
