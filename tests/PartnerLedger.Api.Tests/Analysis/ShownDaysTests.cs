using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>Whoever reads a curve counts who met an end between any two things it tells.</summary>
public sealed class ShownDaysTests
{
    private const long Threshold = 3;

    private static readonly Arbitrary<(CountedCourse[] Courses, int Horizon, int LeftOut, int Informants)> Curves = (
        from courses in (
            from entry in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 5)))
            from watched in Gen.Choose(1, 20)
            from ending in Gen.Elements<PartnershipState?>(null, PartnershipState.Failed, PartnershipState.Failed, PartnershipState.Successful, PartnershipState.Ended)
            from isNoted in Gen.Elements(true, false)
            from partnerships in Gen.Choose(1, 4)
            select new CountedCourse(entry, entry + watched, ending, isNoted, partnerships)).ArrayOf()
        from horizon in Gen.Choose(0, 25)
        from leftOut in Gen.Choose(0, 4)
        from informants in Gen.Choose(0, 4)
        select (courses, horizon, leftOut, informants)).ToArbitrary();

    [Fact]
    public void No_step_of_a_curve_that_an_analyst_sees_is_of_a_small_number() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Curves, given =>
        {
            var all = new TimeToEnd(new() { Horizon = given.Horizon }).Estimate(Counted(given), true, Told.Groups, IsSmall);
            List<(IncidenceCurve Curve, CountedCourse[] Courses)> told = [(all.All, given.Courses)];
            told.AddRange(all.Groups!.Select(group => ((IncidenceCurve)group, Array.FindAll(given.Courses, course => course.IsNoted == group.Noted))));
            told.RemoveAll(part => part.Curve.Failed is null);

            // Who sees all and one group sees the other, unless there is nobody in it.
            Assert.True(all.Groups!.Where(group => group.Partnerships is not 0).DistinctBy(group => (group.Suppressed, group.Partnerships is null)).Count() <= 1);
            foreach (var (curve, courses) in told)
            {
                int[] days = [-1, .. told.SelectMany(part => part.Curve.Curve).Select(point => point.Day).Distinct().Order(), given.Horizon, int.MaxValue];
                Assert.All(days.Zip(days.Skip(1)), between => Assert.All(new[] { PartnershipState.Failed, PartnershipState.Successful }, ending => Assert.False(
                    IsSmall(courses.Where(course => course.Ending == ending && course.End > between.First && course.End <= between.Second).Sum(course => course.Partnerships)))));
                Assert.All(curve.Curve, point => Assert.False(IsSmall(courses.Where(course => course.Entry < point.Day && course.End >= point.Day).Sum(course => course.Partnerships))));
                Assert.False(IsSmall(curve.Partnerships!.Value));
                Assert.False(IsSmall(given.LeftOut));
            }
        }));

    [Fact]
    public void Whoever_may_see_all_sees_every_step_and_the_probabilities_add_up() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Curves, given =>
        {
            var curve = new TimeToEnd(new() { Horizon = given.Horizon }).Estimate(Counted(given), false, Told.Groups, _ => false).All;
            var steps = CumulativeIncidence.AalenJohansen(given.Courses.SelectMany(course => course.Each()), 3) ?? [];
            Assert.Equal(steps.Select(step => step.Day).Where(day => day <= given.Horizon), curve.Curve.Select(point => point.Day));
            Assert.All(curve.Curve, point => Assert.Equal(1, point.Failed + point.Successful + point.Neither, 12));
            Assert.True(curve.Failed is not null || curve.Reason is not null);
        }));

    private static CountedCourses Counted((CountedCourse[] Courses, int Horizon, int LeftOut, int Informants) given) =>
        new(given.Courses, given.LeftOut, given.Informants) { Lives = [] };

    private static bool IsSmall(long count) => count is > 0 and < Threshold;
}
