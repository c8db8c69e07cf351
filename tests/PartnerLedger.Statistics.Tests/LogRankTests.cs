using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class LogRankTests
{
    [Fact]
    public void Freireichs_arms_differ_as_published()
    {
        var test = LogRank.Test(Freireich.Treated, Freireich.Placebo)!;

        Assert.Equal(16.793, test.ChiSquare, 3);
        Assert.Equal(4.17e-5, test.PValue, 7);
    }

    [Fact]
    public void The_groups_can_change_places_and_the_kind_of_end_does_not_matter() =>
        Prop.ForAll(CourseSamples.Any, CourseSamples.Any, (first, second) =>
        {
            var test = LogRank.Test(first, second);
            var swapped = LogRank.Test(second, first.Select(course => course with { Cause = course.Cause == 0 ? 0 : 3 }));
            return test is null
                ? swapped is null
                : test.ChiSquare >= 0 && test.PValue is >= 0 and <= 1
                    && Math.Abs(test.ChiSquare - swapped!.ChiSquare) < 1e-9 * (1 + test.ChiSquare);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_group_does_not_differ_from_itself()
    {
        var test = LogRank.Test(Freireich.Treated, Freireich.Treated)!;

        Assert.Equal(0, test.ChiSquare, 12);
        Assert.Equal(1, test.PValue, 6);
    }

    [Fact]
    public void Without_an_end_in_both_their_sights_groups_do_not_compare()
    {
        Assert.Null(LogRank.Test([], []));
        Assert.Null(LogRank.Test(Freireich.Treated, []));
        Assert.Null(LogRank.Test([new(0, 5, 0)], [new(0, 9, 0)]));
        Assert.Null(LogRank.Test([new(0, 5, 1)], [new(5, 9, 1)]));
    }
}
