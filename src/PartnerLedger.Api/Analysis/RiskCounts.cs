using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>How many partnerships of one group met which end by which day, and how many could still meet one: what a curve could give away.</summary>
internal sealed class RiskCounts
{
    private readonly DayCounts entries;
    private readonly DayCounts exits;
    private readonly DayCounts[] ends;

    public RiskCounts(IReadOnlyCollection<CountedCourse> courses)
    {
        Partnerships = courses.Sum(course => course.Partnerships);
        LongestFollowUp = courses.Select(course => course.End).DefaultIfEmpty(-1).Max();
        entries = new(courses.Select(course => (course.Entry, course.Partnerships)));
        exits = new(courses.Select(course => (course.End, course.Partnerships)));
        ends = Array.ConvertAll(CountedCourse.Endings, ending =>
            new DayCounts(courses.Where(course => course.Ending == ending).Select(course => (course.End, course.Partnerships))));
    }

    public long Partnerships { get; }

    /// <summary>The last day on which anybody was watched; −1 where nobody was.</summary>
    public int LongestFollowUp { get; }

    /// <summary>How many met an end after one day and by another.</summary>
    public long Met(PartnershipState ending, int after, int by)
    {
        var counts = ends[Array.IndexOf(CountedCourse.Endings, ending)];
        return counts.UpTo(by) - counts.UpTo(after);
    }

    /// <summary>Who met neither told end by a day: they ended, still run, or were not watched as long.</summary>
    public long MetNeither(int by) => Partnerships - Met(PartnershipState.Failed, -1, by) - Met(PartnershipState.Successful, -1, by);

    public long AtRisk(int day) => entries.UpTo(Math.Max(day - 1, 0)) - exits.UpTo(day - 1);

    /// <summary>Counts by day, added up.</summary>
    private sealed class DayCounts
    {
        private readonly int[] days;
        private readonly long[] sums;

        public DayCounts(IEnumerable<(int Day, long Count)> counts)
        {
            var byDay = counts.GroupBy(count => count.Day, count => count.Count).OrderBy(day => day.Key).Select(day => (Day: day.Key, Count: day.Sum())).ToList();
            (days, sums) = ([.. byDay.Select(day => day.Day)], new long[byDay.Count]);
            var sum = 0L;
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] = sum += byDay[i].Count;
            }
        }

        public long UpTo(int day)
        {
            var place = Array.BinarySearch(days, day);
            place = place >= 0 ? place : ~place - 1;
            return place < 0 ? 0 : sums[place];
        }
    }
}
