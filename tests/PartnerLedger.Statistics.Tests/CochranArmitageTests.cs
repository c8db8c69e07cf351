using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class CochranArmitageTests
{
    private static readonly Arbitrary<(long Noted, long Of, double Score)[]> Groups =
        (from of in Gen.Choose(0, 200)
         from noted in Gen.Choose(0, of)
         from score in Gen.Choose(1990, 2030)
         select ((long)noted, (long)of, (double)score)).ArrayOf().ToArbitrary();

    [Fact]
    public void The_smokers_among_four_groups_of_patients_have_the_published_trend()
    {
        var trend = CochranArmitage.Test([(83, 86, 1), (90, 93, 2), (129, 136, 3), (70, 82, 4)])!;

        Assert.Equal(8.2249, trend.ChiSquare, 4);
        Assert.Equal(.004132, trend.PValue, 6);
        Assert.True(trend.Slope < 0);
    }

    [Fact]
    public void Numbers_are_finite_and_counting_backwards_turns_the_slope() =>
        Prop.ForAll(Groups, groups =>
        {
            var backwards = CochranArmitage.Test([.. groups.Select(group => (group.Noted, group.Of, -group.Score))]);
            return CochranArmitage.Test(groups) is { } trend
                ? double.IsFinite(trend.Slope) && double.IsFinite(trend.ChiSquare) && trend.PValue is >= 0 and <= 1
                    && Math.Abs(trend.Slope + backwards!.Slope) < 1e-9 && Math.Abs(trend.ChiSquare - backwards.ChiSquare) <= 1e-9 * (1 + trend.ChiSquare)
                : backwards is null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_group_or_none_has_no_trend()
    {
        Assert.Null(CochranArmitage.Test([]));
        Assert.Null(CochranArmitage.Test([(3, 5, 2024), (0, 0, 2025)]));
        Assert.Null(CochranArmitage.Test([(5, 5, 2024), (7, 7, 2025)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CochranArmitage.Test([(2, 1, 0)]));
    }
}
