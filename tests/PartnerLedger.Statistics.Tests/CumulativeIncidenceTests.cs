using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class CumulativeIncidenceTests
{
    [Fact]
    public void One_cause_falls_as_kaplan_and_meier_have_it() =>
        Prop.ForAll(CourseSamples.OneCause, courses =>
        {
            var steps = CumulativeIncidence.AalenJohansen(courses, 1) ?? [];
            var (free, greenwood) = (1d, 0d);
            foreach (var step in steps)
            {
                var atRisk = courses.Count(course => course.End >= step.Day);
                var ended = courses.Count(course => course.End == step.Day && course.Cause == 1);
                free *= 1 - ((double)ended / atRisk);
                greenwood += ended == atRisk ? 0 : (double)ended / atRisk / (atRisk - ended);
                if (Math.Abs(step.Incidence[0] - (1 - free)) > 1e-12 || Math.Abs(step.Variance[0] - (free * free * greenwood)) > 1e-12)
                {
                    return false;
                }
            }

            return steps.Count == courses.Where(course => course.Cause == 1).DistinctBy(course => course.End).Count();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Once_everybody_met_the_end_it_is_one_however_the_parts_were_rounded()
    {
        for (var people = 1; people <= 300; people++)
        {
            var steps = CumulativeIncidence.AalenJohansen(Enumerable.Range(1, people).Select(day => new Course(0, day, 1)), 1);
            Assert.Equal(new Incidence(1, 1, 1), CumulativeIncidence.At(steps, people, 1));
        }
    }

    [Fact]
    public void The_probabilities_are_of_everything_that_can_be_and_none_is_ever_taken_back() =>
        Prop.ForAll(CourseSamples.Any, courses =>
        {
            var before = new IncidenceStep(-1, 1, new double[CourseSamples.Causes], new double[CourseSamples.Causes]);
            foreach (var step in CumulativeIncidence.AalenJohansen(courses, CourseSamples.Causes) ?? [])
            {
                if (step.Day <= before.Day
                    || step.Free < 0 || step.Free > before.Free
                    || Math.Abs(step.Free + step.Incidence.Sum() - 1) > 1e-12
                    || step.Incidence.Zip(before.Incidence, (now, then) => now < then).Any(fell => fell)
                    || step.Variance.Any(variance => !double.IsFinite(variance) || variance < 0))
                {
                    return false;
                }

                before = step;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void When_all_is_seen_incidence_is_a_share_with_the_variance_of_one() =>
        Prop.ForAll(CourseSamples.FromTheStart, courses =>
        {
            Course[] ended = [.. courses.Where(course => course.Cause > 0)];
            return (CumulativeIncidence.AalenJohansen(ended, CourseSamples.Causes) ?? []).All(step =>
                Enumerable.Range(1, CourseSamples.Causes).All(cause =>
                {
                    var share = ended.Count(course => course.Cause == cause && course.End <= step.Day) / (double)ended.Length;
                    return Math.Abs(step.Incidence[cause - 1] - share) < 1e-12
                        && Math.Abs(step.Variance[cause - 1] - (share * (1 - share) / ended.Length)) < 1e-12;
                }));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Looking_away_on_some_day_leaves_what_was_before() =>
        Prop.ForAll(CourseSamples.Any, Gen.Choose(1, 20).ToArbitrary(), (courses, day) =>
        {
            var all = CumulativeIncidence.AalenJohansen(courses, CourseSamples.Causes) ?? [];
            var cut = CumulativeIncidence.AalenJohansen(
                courses.Select(course => course.End > day ? course with { End = day, Cause = 0 } : course), CourseSamples.Causes) ?? [];
            return cut.Select(Told).SequenceEqual(all.Where(step => step.Day <= day).Select(Told));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Limits_hold_the_value_between_never_and_always() =>
        Prop.ForAll(CourseSamples.Any, Gen.Choose(0, 25).ToArbitrary(), (courses, day) =>
        {
            var steps = CumulativeIncidence.AalenJohansen(courses, CourseSamples.Causes);
            return Enumerable.Range(1, CourseSamples.Causes).All(cause => CumulativeIncidence.At(steps, day, cause) is not { } at
                ? steps is null
                : at.Low >= 0 && at.Low <= at.Value && at.Value <= at.High && at.High <= 1
                    && (at.Value is 0 or 1 ? at.Low.Equals(at.High) : at.Low <= at.High));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_million_courses_take_no_time_to_speak_of()
    {
        var random = new Random(5);
        var courses = new Course[1_000_000];
        for (var i = 0; i < courses.Length; i++)
        {
            courses[i] = new Course(Math.Max(0, random.Next(-3000, 1000)), random.Next(0, 4000), random.Next(0, 6));
        }

        var clock = Stopwatch.StartNew();
        var steps = CumulativeIncidence.AalenJohansen(courses, 5)!;
        TestContext.Current.TestOutputHelper?.WriteLine($"{clock.Elapsed.TotalMilliseconds:F0} ms");

        Assert.Equal(1, steps[^1].Free + steps[^1].Incidence.Sum(), 12);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3), $"It took {clock.Elapsed}.");
    }

    private static string Told(IncidenceStep step) =>
        $"{step.Day} {step.Free:R} {string.Join(' ', step.Incidence)} {string.Join(' ', step.Variance)}";
}
