using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

/// <summary>Courses as they may come: early and late, ended and running, many on the same day, some never under watch at all.</summary>
internal static class CourseSamples
{
    public const int Causes = 3;

    public static readonly Arbitrary<Course[]> Any = Of(Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 20)), Causes);

    public static readonly Arbitrary<Course[]> FromTheStart = Of(Gen.Constant(0), Causes);

    public static readonly Arbitrary<Course[]> OneCause = Of(Gen.Constant(0), 1);

    private static Arbitrary<Course[]> Of(Gen<int> entries, int causes) =>
        (from entry in entries
         from end in Gen.Choose(0, 20)
         from cause in Gen.Choose(0, causes)
         select new Course(entry, end, cause)).ArrayOf().ToArbitrary();
}
