namespace PartnerLedger.Statistics.Tests;

/// <summary>The two arms of Freireich's trial in leukaemia (1963): weeks to relapse, or to the last visit without one.</summary>
internal static class Freireich
{
    public static readonly Course[] Treated =
    [
        .. Courses(1, 6, 6, 6, 7, 10, 13, 16, 22, 23),
        .. Courses(0, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
    ];

    public static readonly Course[] Placebo =
        Courses(1, 1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);

    private static Course[] Courses(int cause, params int[] ends) => [.. ends.Select(end => new Course(0, end, cause))];
}
