namespace PartnerLedger.Statistics;

/// <summary>
/// The partnerships that could still meet an end, day by day and forwards only. At risk on day t are those with entry &lt; t ≤ end,
/// and on day 0 all that were watched from the start; a course that was never at risk is left out.
/// </summary>
internal sealed class RiskSet
{
    private readonly int[] _entries;
    private readonly long[] _exits;
    private readonly int[] _ends;
    private int _entered;
    private int _left;
    private int _next;

    public RiskSet(IEnumerable<Course> courses, int causes)
    {
        var entries = new List<int>();
        var exits = new List<long>();
        foreach (var course in courses)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(course.Entry, nameof(courses));
            ArgumentOutOfRangeException.ThrowIfNegative(course.End, nameof(courses));
            ArgumentOutOfRangeException.ThrowIfNegative(course.Cause, nameof(courses));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(course.Cause, causes, nameof(courses));
            if (course.Entry < course.End || course is { Entry: 0, End: 0 })
            {
                entries.Add(course.Entry);
                exits.Add(((long)course.End << 32) | (uint)course.Cause);
            }
        }

        _entries = [.. entries];
        _exits = [.. exits];
        _ends = new int[causes];
        Array.Sort(_entries);
        Array.Sort(_exits);
    }

    public bool IsEmpty => _exits.Length == 0;

    public int AtRisk => _entered - _left;

    /// <summary>How many met each end on the day last moved to.</summary>
    public ReadOnlySpan<int> Ends => _ends;

    /// <summary>The next day on which somebody meets an end.</summary>
    public int? NextEnd()
    {
        while (_next < _exits.Length && (int)_exits[_next] == 0)
        {
            _next++;
        }

        return _next < _exits.Length ? Day(_next) : null;
    }

    public void MoveTo(int day)
    {
        while (_entered < _entries.Length && (_entries[_entered] < day || _entries[_entered] == 0))
        {
            _entered++;
        }

        while (_left < _exits.Length && Day(_left) < day)
        {
            _left++;
        }

        Array.Clear(_ends);
        for (_next = Math.Max(_next, _left); _next < _exits.Length && Day(_next) == day; _next++)
        {
            if ((int)_exits[_next] is > 0 and var cause)
            {
                _ends[cause - 1]++;
            }
        }
    }

    private int Day(int exit) => (int)(_exits[exit] >> 32);
}
