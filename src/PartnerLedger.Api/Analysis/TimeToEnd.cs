using PartnerLedger.Api.Http;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>How probable it is to have failed, or succeeded, by a horizon, where partnerships may also end otherwise or still run.</summary>
internal sealed class TimeToEnd(IncidenceParameters asked)
{
    private const int Failed = 1;
    private const int Successful = 2;

    public int Horizon { get; } = asked.Horizon ?? 1460;

    public void Check(FactorParameters factors, Errors errors)
    {
        if (asked.Landmark is null && new[] { factors.Factor, factors.Topic, factors.Framework, factors.Polarity as Array }.Any(named => named is { Length: > 0 }))
        {
            errors.Add("landmark", "Is required with factor, topic, framework or polarity: what is noted later cannot tell partnerships apart from their start on.");
        }

        if (asked.Landmark >= Horizon)
        {
            errors.Add("landmark", "Must lie before the horizon.");
        }
    }

    /// <summary>The curve of all, and of the groups if any. What is small is hidden, and with it whatever would give it away.</summary>
    /// <param name="counted">What was counted.</param>
    /// <param name="compares">Whether there are groups.</param>
    /// <param name="most">How much may be told beside what else is known.</param>
    /// <param name="isSmall">Whether a count is too small to be shown.</param>
    public IncidenceCurves Estimate(CountedCourses counted, bool compares, Told most, Func<long, bool> isSmall)
    {
        var all = new Watched(counted.Courses);
        var isHidden = most == Told.Nothing || isSmall(all.Counts.Partnerships) || (all.Counts.Partnerships > 0 && isSmall(counted.LeftOut));
        var ofAll = isHidden || most < Told.Ends ? null : ShownDays.Of([all.Counts], all.Days(Horizon), Horizon, isSmall);
        if (!compares)
        {
            return new(Curve(all, ofAll, isHidden), null, null);
        }

        Watched[] groups = [new(counted.Courses.Where(course => course.IsNoted)), new(counted.Courses.Where(course => !course.IsNoted))];

        // A group that is not told stands beside one that is not either, be it nobody: all less the other would tell it.
        var shown = isHidden || most < Told.Groups || isSmall(counted.Informants) || Array.Exists(groups, group => isSmall(group.Counts.Partnerships))
            ? null
            : ShownDays.Of(Array.ConvertAll(groups, group => group.Counts), all.Days(Horizon), Horizon, isSmall);
        return new(
            Curve(all, shown ?? ofAll, isHidden),
            [Group(noted: true, groups[0]), Group(noted: false, groups[1])],
            shown is null ? new(null, null, Disclosure.TooSmall) : Compare(groups[0], groups[1]));

        GroupCurve Group(bool noted, Watched group)
        {
            var curve = Curve(group, shown, hidesPartnerships: shown is null && (isHidden || all.Counts.Partnerships > 0));
            return new()
            {
                Noted = noted,
                Partnerships = curve.Partnerships,
                Failed = curve.Failed,
                Successful = curve.Successful,
                Neither = curve.Neither,
                Curve = curve.Curve,
                Suppressed = curve.Suppressed,
                Reason = curve.Reason,
            };
        }
    }

    private static GroupTests Compare(Watched noted, Watched others)
    {
        var (failed, successful) = (Test(Failed), Test(Successful));
        return new(failed, successful, failed is null || successful is null ? "An end that nobody met while both groups were at risk cannot be compared." : null);

        LogRank? Test(int cause) => LogRank.Test(noted.Only(cause), others.Only(cause));
    }

    private IncidenceCurve Curve(Watched watched, IReadOnlyList<int>? shown, bool hidesPartnerships)
    {
        var isNobody = watched.Counts.Partnerships == 0 && !hidesPartnerships;
        var reason = isNobody ? "No partnership was at risk."
            : shown is null ? Disclosure.TooSmall
            : watched.IsFollowedTo(Horizon) ? null
            : "No partnership was followed as long as that: ask for an earlier horizon.";
        var (failed, successful) = reason is null ? (watched.At(Horizon, Failed), watched.At(Horizon, Successful)) : (null, null);
        return new()
        {
            Partnerships = hidesPartnerships ? null : watched.Counts.Partnerships,
            Failed = failed,
            Successful = successful,
            Neither = failed is null ? null : Math.Max(0, 1 - failed.Value - successful!.Value),
            Curve = isNobody ? [] : [.. (shown ?? []).Where(watched.IsFollowedTo).Select(watched.Point)],
            Suppressed = reason == Disclosure.TooSmall,
            Reason = reason,
        };
    }

    /// <summary>A group of partnerships, counted and estimated.</summary>
    private sealed class Watched
    {
        private readonly List<CountedCourse> courses;
        private readonly IReadOnlyList<IncidenceStep>? steps;

        public Watched(IEnumerable<CountedCourse> courses)
        {
            this.courses = [.. courses];
            Counts = new(this.courses);
            steps = CumulativeIncidence.AalenJohansen(this.courses.SelectMany(course => course.Each()), CountedCourse.Endings.Length);
        }

        public RiskCounts Counts { get; }

        public IEnumerable<int> Days(int horizon) => (steps ?? []).Select(step => step.Day).TakeWhile(day => day <= horizon);

        /// <summary>Beyond the last day on which anybody was watched nothing is known, unless everybody had met an end.</summary>
        public bool IsFollowedTo(int day) => day <= Counts.LongestFollowUp || courses.TrueForAll(course => course.Ending is not null);

        public Incidence? At(int day, int cause) => CumulativeIncidence.At(steps, day, cause);

        public IEnumerable<Course> Only(int cause) =>
            courses.SelectMany(course => course.Each()).Select(course => course with { Cause = course.Cause == cause ? 1 : 0 });

        public CurvePoint Point(int day)
        {
            var (failed, successful) = (At(day, Failed)!, At(day, Successful)!);
            return new(
                day, failed.Value, failed.Low, failed.High, successful.Value, successful.Low, successful.High, Math.Max(0, 1 - failed.Value - successful.Value));
        }
    }
}
