using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>Partnerships whose lives took the same course, in days from the first proposed.</summary>
/// <param name="Entry">The day after which they were watched.</param>
/// <param name="End">The day of their end, or the last on which they were watched.</param>
/// <param name="Ending">How they first ended; null where they still run.</param>
/// <param name="IsNoted">Whether they have a factor that was asked for noted by the landmark.</param>
internal sealed record CountedCourse(int Entry, int End, PartnershipState? Ending, bool IsNoted, long Partnerships)
{
    /// <summary>Failed and successful are told; ended competes with them.</summary>
    public static readonly PartnershipState[] Endings = [PartnershipState.Failed, PartnershipState.Successful, PartnershipState.Ended];

    public IEnumerable<Course> Each()
    {
        var course = new Course(Entry, End, Ending is { } ending ? Array.IndexOf(Endings, ending) + 1 : 0);
        for (var i = 0L; i < Partnerships; i++)
        {
            yield return course;
        }
    }
}

/// <summary>Partnerships alike in what a question chooses by, their state, and what a curve tells of them.</summary>
/// <param name="Cell">How many there are, by what is told apart.</param>
/// <param name="IsAtRisk">Whether they were at risk.</param>
/// <param name="Ending">How they first ended, if they were at risk and did.</param>
/// <param name="IsNoted">Whether they have a factor that was asked for noted by the landmark.</param>
internal sealed record CountedLife(CountedCell Cell, bool IsAtRisk, PartnershipState? Ending, bool IsNoted);

/// <summary>The courses of all partnerships that are meant and were at risk.</summary>
/// <param name="LeftOut">How many are meant but were never at risk, or not at the landmark.</param>
/// <param name="Informants">How many people noted what sets some of them apart.</param>
internal sealed record CountedCourses(IReadOnlyList<CountedCourse> Courses, long LeftOut, long Informants)
{
    /// <summary>All that are meant, those never at risk included.</summary>
    public required IReadOnlyList<CountedLife> Lives { get; init; }

    public IReadOnlyList<CountedCell> Chosen => [.. Kinds.Project(Lives.Select(life => life.Cell), Enum.GetValues<Dimension>().ToHashSet())];
}
