using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class BenjaminiHochbergTests
{
    private static readonly double[] Published =
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1];

    private static readonly Arbitrary<double[]> PValues = Gen.Choose(0, 1000).Select(thousandths => thousandths / 1000.0).ArrayOf().ToArbitrary();

    [Fact]
    public void Of_the_15_p_values_of_1995_four_are_rejected() =>
        Assert.Equal(4, BenjaminiHochberg.QValues(Published).Count(q => q <= .05));

    [Fact]
    public void The_order_of_the_tests_does_not_matter() =>
        Assert.Equal(BenjaminiHochberg.QValues(Published).Reverse(), BenjaminiHochberg.QValues([.. Published.Reverse()]));

    [Fact]
    public void A_q_value_is_no_smaller_than_its_p_value_and_rises_with_it() =>
        Prop.ForAll(PValues, pValues =>
        {
            var ordered = pValues.Zip(BenjaminiHochberg.QValues(pValues)).OrderBy(pair => pair.First).ToList();
            return ordered.TrueForAll(pair => pair.First <= pair.Second && pair.Second <= 1)
                && ordered.Zip(ordered.Skip(1)).All(two => two.First.Second <= two.Second.Second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_test_keeps_its_p_value_and_none_has_none()
    {
        Assert.Equal([.03], BenjaminiHochberg.QValues([.03]));
        Assert.Empty(BenjaminiHochberg.QValues([]));
    }
}
