using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class QuantileTests
{
    private static readonly double[] MilesPerGallon =
    [
        21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
        14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
    ];

    private static readonly Arbitrary<(double[] Values, double Probability)> Samples =
        (from values in Gen.Choose(-50, 50).Select(value => value / 3d).NonEmptyListOf()
         from percent in Gen.Choose(0, 100)
         select (values.ToArray(), percent / 100d)).ToArbitrary();

    [Theory]
    [InlineData(0, 10.4)]
    [InlineData(.25, 15.425)]
    [InlineData(.5, 19.2)]
    [InlineData(.75, 22.8)]
    [InlineData(1, 33.9)]
    public void The_quantiles_of_the_motor_trend_cars_are_those_that_r_prints(double probability, double quantile) =>
        Assert.Equal(quantile, Quantile.Type7(MilesPerGallon, probability)!.Value, 12);

    [Fact]
    public void A_quantile_lies_within_the_values_and_mirrors_with_them() =>
        Prop.ForAll(Samples, sample =>
        {
            var quantile = Quantile.Type7(sample.Values, sample.Probability)!.Value;
            var mirrored = Quantile.Type7([.. sample.Values.Select(value => -value)], 1 - sample.Probability)!.Value;
            return quantile >= sample.Values.Min() && quantile <= sample.Values.Max() && Math.Abs(quantile + mirrored) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_values_keep_their_order()
    {
        double[] values = [3, 1, 2];

        Assert.Equal(2, Quantile.Type7(values, .5));
        Assert.Equal([3, 1, 2], values);
    }

    [Fact]
    public void The_widest_span_does_not_overflow() =>
        Assert.Equal(0, Quantile.Type7([double.MinValue, double.MaxValue], .5));

    [Fact]
    public void Of_nothing_there_is_no_quantile() => Assert.Null(Quantile.Type7([], .5));

    [Theory]
    [InlineData(1, -.1)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.NaN, .5)]
    [InlineData(double.NegativeInfinity, .5)]
    public void What_has_no_place_among_numbers_is_a_fault(double value, double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.Type7([value], probability));
}
