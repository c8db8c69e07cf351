using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class CoOccurrenceTests
{
    private static readonly Arbitrary<long[]> Counts = Gen.Choose(0, 1_000_000).Select(count => (long)count).ArrayOf(4).ToArbitrary();

    [Fact]
    public void Twenty_with_both_ten_and_five_with_one_and_65_with_neither_go_together_as_published()
    {
        var together = new CoOccurrence(20, 10, 5, 65);

        Assert.Equal(.2, together.Support!.Value, 12);
        Assert.Equal(.571429, together.Jaccard!.Value, 6);
        Assert.Equal(2.666667, together.Lift!.Value, 6);
        Assert.Equal(.629941, together.Phi!.Value, 6);
    }

    [Fact]
    public void It_does_not_matter_which_factor_comes_first_and_measures_stay_in_their_range() =>
        Prop.ForAll(Counts, n =>
        {
            var (one, other) = (new CoOccurrence(n[0], n[1], n[2], n[3]), new CoOccurrence(n[0], n[2], n[1], n[3]));
            return one.Support == other.Support && one.Jaccard == other.Jaccard && one.Lift == other.Lift && Near(one.Phi, other.Phi)
                && one.Support is not (< 0 or > 1) && one.Jaccard is not (< 0 or > 1) && one.Lift is not < 0 && one.Phi is not (< -1.0000001 or > 1.0000001);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_nothing_can_be_told_there_is_null()
    {
        Assert.Equal((null, null, null, null), Measures(new(0, 0, 0, 0)));
        Assert.Equal((0, null, null, null), Measures(new(0, 0, 0, 5)));
        Assert.Equal((1, 1, 1, null), Measures(new(5, 0, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoOccurrence(0, -1, 0, 0));
    }

    private static (double?, double?, double?, double?) Measures(CoOccurrence c) => (c.Support, c.Jaccard, c.Lift, c.Phi);

    private static bool Near(double? one, double? other) => one is null ? other is null : Math.Abs(one.Value - other!.Value) < 1e-12;
}
