using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

public sealed class FeasibleTests
{
    private const int Largest = 3;

    [Fact]
    public void Leaves_the_room_that_trying_all_numbers_leaves()
    {
        var terms = Gen.Choose(-1, 2).Select(term => (double)term).ArrayOf(4);
        Check.QuickThrowOnFailure(Prop.ForAll(
            (from rows in terms.ArrayOf(2) from sum in terms from given in Gen.Choose(0, Largest).ArrayOf(4) select (rows, sum, given)).ToArbitrary(),
            trial =>
            {
                // None is larger than the largest, and what is given is possible.
                List<(double[] Terms, double Sum, bool IsAtMost)> known =
                [
                    (trial.rows[0], Sum(trial.rows[0], trial.given), false), (trial.rows[1], Sum(trial.rows[1], trial.given), true),
                    .. Enumerable.Range(0, 4).Select(i => (Enumerable.Range(0, 4).Select(j => i == j ? 1.0 : 0).ToArray(), (double)Largest, true)),
                ];
                var sums = All().Where(numbers => known.TrueForAll(row => row.IsAtMost ? Sum(row.Terms, numbers) <= row.Sum : Sum(row.Terms, numbers) == row.Sum))
                    .Select(numbers => Sum(trial.sum, numbers)).ToList();
                var feasible = new Feasible(4, known);
                Assert.True(feasible.IsPossible);
                Assert.Equal((sums.Min(), sums.Max()), feasible.Range(trial.sum));
            }));
    }

    private static double Sum(double[] terms, int[] numbers) => terms.Zip(numbers).Sum(pair => pair.First * pair.Second);

    private static IEnumerable<int[]> All() => Enumerable.Range(0, (int)Math.Pow(Largest + 1, 4))
        .Select(number => Enumerable.Range(0, 4).Select(i => number / (int)Math.Pow(Largest + 1, i) % (Largest + 1)).ToArray());
}
