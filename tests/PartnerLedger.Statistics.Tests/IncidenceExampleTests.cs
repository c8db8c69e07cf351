namespace PartnerLedger.Statistics.Tests;

public sealed class IncidenceExampleTests
{
    /// <summary>Two ends, partnerships still running, one that came under watch late, one that ended before it began.</summary>
    private static readonly Course[] Ten =
    [
        new(0, 0, 1), new(0, 1, 2), new(0, 2, 0), new(0, 3, 1), new(0, 3, 2),
        new(2, 5, 1), new(0, 4, 0), new(0, 5, 2), new(0, 6, 1), new(0, 7, 0),
    ];

    [Fact]
    public void Ten_partnerships_come_out_as_they_do_in_fractions_by_hand()
    {
        var steps = CumulativeIncidence.AalenJohansen(Ten, 2)!;

        Assert.Equal(5, steps.Count);
        Same(steps[0], 0, 8 / 9d, [1 / 9d, 0], [8 / 729d, 0]);
        Same(steps[1], 1, 7 / 9d, [1 / 9d, 1 / 9d], [8 / 729d, 8 / 729d]);
        Same(steps[2], 3, 5 / 9d, [2 / 9d, 2 / 9d], [14 / 729d, 14 / 729d]);
        Same(steps[3], 5, 5 / 18d, [13 / 36d, 13 / 36d], [1331 / 46656d, 1331 / 46656d]);
        Same(steps[4], 6, 5 / 36d, [1 / 2d, 13 / 36d], [41 / 1296d, 1331 / 46656d]);
    }

    [Fact]
    public void The_first_moves_of_survivals_mstate_test_have_its_fractions()
    {
        Course[] firstMoves = [new(0, 4, 1), new(0, 5, 2), new(2, 9, 3), new(0, 2, 1), new(1, 3, 2)];

        var steps = CumulativeIncidence.AalenJohansen(firstMoves, 3)!;

        Assert.Equal([2, 3, 4, 5, 9], steps.Select(step => step.Day));
        Assert.Equal([3 / 4d, 9 / 16d, 6 / 16d, 3 / 16d, 0], steps.Select(step => step.Free));
        Assert.Equal([1 / 4d, 1 / 4d, 7 / 16d, 7 / 16d, 7 / 16d], steps.Select(step => step.Incidence[0]));
        Assert.Equal([0, 3 / 16d, 3 / 16d, 6 / 16d, 6 / 16d], steps.Select(step => step.Incidence[1]));
        Assert.Equal([0, 0, 0, 0, 3 / 16d], steps.Select(step => step.Incidence[2]));
    }

    [Fact]
    public void Freireichs_treated_arm_is_as_published()
    {
        var steps = CumulativeIncidence.AalenJohansen(Freireich.Treated, 1)!;
        var atTen = Assert.Single(steps, step => step.Day == 10);

        Assert.Equal(.7529, atTen.Free, 4);
        Assert.Equal(.0963, Math.Sqrt(atTen.Variance[0]), 4);
        Assert.Equal(23, CumulativeIncidence.Median(steps));
        Assert.Equal(8, CumulativeIncidence.Median(CumulativeIncidence.AalenJohansen(Freireich.Placebo, 1)));
    }

    [Fact]
    public void The_limits_are_those_of_the_log_log_scale()
    {
        var at = CumulativeIncidence.At(CumulativeIncidence.AalenJohansen(Freireich.Treated, 1), 12, 1)!;

        Assert.Equal(1 - .7529, at.Value, 4);
        Assert.Equal(1 - .8894, at.Low, 4);
        Assert.Equal(1 - .5032, at.High, 4);
    }

    [Fact]
    public void Before_the_first_end_nothing_was_met_and_after_the_last_nothing_is_added()
    {
        var steps = CumulativeIncidence.AalenJohansen(Freireich.Treated, 1);

        Assert.Equal(new Incidence(0, 0, 0), CumulativeIncidence.At(steps, 5, 1));
        Assert.Equal(CumulativeIncidence.At(steps, 23, 1), CumulativeIncidence.At(steps, 30, 1));
    }

    [Fact]
    public void Half_by_thirds_is_half() =>
        Assert.Equal(3, CumulativeIncidence.Median(CumulativeIncidence.AalenJohansen(
            Enumerable.Range(1, 6).Select(day => new Course(0, day, 1)), 1)));

    [Fact]
    public void Where_all_still_run_nothing_was_met()
    {
        var steps = CumulativeIncidence.AalenJohansen([new(0, 9, 0), new(3, 7, 0)], 2);

        Assert.Empty(steps!);
        Assert.Null(CumulativeIncidence.Median(steps));
        Assert.Equal(new Incidence(0, 0, 0), CumulativeIncidence.At(steps, 5, 2));
    }

    [Fact]
    public void Where_nobody_was_ever_at_risk_there_is_no_incidence()
    {
        Assert.Null(CumulativeIncidence.AalenJohansen([], 2));
        Assert.Null(CumulativeIncidence.AalenJohansen([new(5, 5, 1), new(6, 2, 1)], 2));
        Assert.Null(CumulativeIncidence.At(null, 5, 1));
        Assert.Null(CumulativeIncidence.Median(null));
    }

    [Theory]
    [InlineData(-1, 5, 1)]
    [InlineData(0, -5, 1)]
    [InlineData(0, 5, -1)]
    [InlineData(0, 5, 3)]
    public void Courses_that_cannot_be_are_a_fault(int entry, int end, int cause) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CumulativeIncidence.AalenJohansen([new(entry, end, cause)], 2));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(5, 0)]
    [InlineData(5, 3)]
    public void Days_and_causes_that_cannot_be_are_a_fault(int day, int cause) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CumulativeIncidence.At(CumulativeIncidence.AalenJohansen(Ten, 2), day, cause));

    private static void Same(IncidenceStep step, int day, double free, double[] incidence, double[] variance)
    {
        Assert.Equal(day, step.Day);
        Assert.Equal(free, step.Free, 12);
        Assert.All(incidence, (expected, cause) => Assert.Equal(expected, step.Incidence[cause], 12));
        Assert.All(variance, (expected, cause) => Assert.Equal(expected, step.Variance[cause], 12));
    }
}
