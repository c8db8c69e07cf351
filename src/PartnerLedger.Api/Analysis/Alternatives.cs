using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>
/// Ledgers that would have given the same answer: partnerships moved from kind to kind, so that no count that is shown changes.
/// Nothing is believed of the solver: a ledger is one only if whole numbers say so.
/// </summary>
/// <param name="kinds">How many partnerships there are of each kind.</param>
/// <param name="margins">What is shown of them, and what is hidden.</param>
/// <param name="enough">Beyond how many partnerships more it does not matter.</param>
/// <param name="balances">Sums that stay as they are whatever is told, by how often each kind counts in them.</param>
internal sealed class Alternatives(long[] kinds, IReadOnlyList<Margin> margins, long enough, IReadOnlyList<int[]> balances)
{
    private const double Near = 1e-6;

    // Much more than a count's being hidden costs, so that first as much moves as is needed, and only then as little is hidden as can be.
    private const double Needed = 10_000;

    // A little, so that of two ways the one that moves fewer partnerships is taken.
    private const double Moved = 0.01;

    private const int MostTries = 40;

    /// <summary>How many more, or fewer, of each kind there may be, so that the kinds' sum moves as far as it can; null where it was not found.</summary>
    public long[]? Move(bool[] sum, int sign, long far)
    {
        var program = new Program(kinds, enough, balances);
        var classes = Classes();
        foreach (var kept in classes.Concat(margins.Where(margin => !margin.IsHidden && !margin.TellsNotes).Select(margin => margin.Counts)))
        {
            program.Keep(kept);
        }

        foreach (var margin in margins.Where(margin => margin is { IsHidden: true, IsThere: true }))
        {
            program.Leave(margin.Counts, margin.Count - 1);
        }

        var solution = program.SolveWhole(sum, sign, far);
        var moved = new long[kinds.Length];
        for (var kind = 0; kind < moved.Length; kind++)
        {
            moved[kind] = (long)Math.Round(solution[2 * kind] - solution[(2 * kind) + 1]);
        }

        return IsPossible(moved, classes) ? moved : null;
    }

    /// <summary>Which counts would have to be hidden, at least, so that the kinds' sum can move so far; none where that does not help.</summary>
    public IReadOnlyList<Margin> Obstacles(bool[] sum, int sign, long far)
    {
        var program = new Program(kinds, enough, balances);
        var soft = margins.Where(margin => margin is { IsHidden: false, MayBeHidden: true }).ToList();
        foreach (var kept in margins.Where(margin => margin is { IsHidden: false, MayBeHidden: false }))
        {
            program.Keep(kept.Counts);
        }

        var slack = soft.ConvertAll(margin => program.Give(margin.Counts, margin.Count == 0 ? 60 : 1 + Math.Log2(1 + margin.Count)));
        var solution = program.Solve(sum, sign, far);
        return [.. soft.Where((_, i) => solution[slack[i]] > Near || solution[slack[i] + 1] > Near)];
    }

    // Partnerships that stay in all the rows they were in take along what was noted of them: all of a row that is shown stays as it was.
    private List<bool[]> Classes()
    {
        // Row by row, those of a class that are in it become a class of their own; who is in none of the rows is of class 0.
        var classes = new int[kinds.Length];
        var last = 0;
        foreach (var row in margins.Where(margin => margin is { IsHidden: false, TellsNotes: true }))
        {
            var within = new Dictionary<int, int>();
            for (var kind = 0; kind < classes.Length; kind++)
            {
                if (row.Counts[kind])
                {
                    classes[kind] = within.TryGetValue(classes[kind], out var known) ? known : within[classes[kind]] = ++last;
                }
            }
        }

        return [.. classes.Where(one => one > 0).Distinct().Select(one => Array.ConvertAll(classes, of => of == one))];
    }

    private bool IsPossible(long[] moved, List<bool[]> classes) =>
        classes.TrueForAll(kept => Sum(kept, moved) == 0)
        && margins.All(margin => margin.IsHidden || Sum(margin.Counts, moved) == 0)
        && balances.All(balance => balance.Zip(moved).Sum(one => one.First * one.Second) == 0)
        && moved.Zip(kinds).All(kind => kind.First + kind.Second >= 0)
        && margins.All(margin => margin is not { IsHidden: true, IsThere: true } || margin.Count + Sum(margin.Counts, moved) >= 1);

    public static long Sum(bool[] which, long[] amounts)
    {
        var sum = 0L;
        for (var i = 0; i < which.Length; i++)
        {
            sum += which[i] ? amounts[i] : 0;
        }

        return sum;
    }

    /// <summary>Two columns a kind, for more and for fewer of it; then what gives way.</summary>
    private sealed class Program(long[] kinds, long enough, IReadOnlyList<int[]> balances)
    {
        private readonly List<(bool[] Sum, int Slack)> rows = [];
        private readonly List<double> upper = [.. kinds.SelectMany(count => new double[] { enough, Math.Min(count, enough) })];
        private readonly List<double> gain = [.. Enumerable.Repeat(-Moved, 2 * kinds.Length)];

        public void Keep(bool[] sum) => rows.Add((sum, -1));

        public void Leave(bool[] sum, long fewer) => rows.Add((sum, Slack(enough * kinds.Length, fewer, 0)));

        public int Give(bool[] sum, double cost)
        {
            var slack = Slack(enough * kinds.Length, enough * kinds.Length, cost);
            rows.Add((sum, slack));
            return slack;
        }

        public double[] Solve(bool[] sum, int sign, long far) => LinearProgram.Maximize(Rows(sum, sign, far), [.. gain], [.. upper]);

        // What would have to move by halves may move by no more than the whole part, until all is whole: at the latest where nothing moves.
        public double[] SolveWhole(bool[] sum, int sign, long far)
        {
            var coefficients = Rows(sum, sign, far);
            var solution = LinearProgram.Maximize(coefficients, [.. gain], [.. upper]);
            for (var tries = 0; tries < MostTries && Array.FindIndex(solution, IsBroken) is >= 0 and var broken; tries++)
            {
                upper[broken] = Math.Floor(solution[broken]);
                solution = LinearProgram.Maximize(coefficients, [.. gain], [.. upper]);
            }

            return solution;
        }

        private static bool IsBroken(double amount) => Math.Abs(amount - Math.Round(amount)) > Near;

        private int Slack(double more, double fewer, double cost)
        {
            upper.AddRange([more, fewer]);
            gain.AddRange([-cost, -cost]);
            return upper.Count - 2;
        }

        private double[][] Rows(bool[] sum, int sign, long far)
        {
            var moved = Slack(sign > 0 ? far : 0, sign < 0 ? far : 0, 0);
            gain[sign > 0 ? moved : moved + 1] = Needed;
            return [.. balances.Select(Row), .. rows.Select(row => Row(row.Sum, row.Slack)), Row(sum, moved)];
        }

        private double[] Row(int[] balance)
        {
            var coefficients = new double[upper.Count];
            for (var kind = 0; kind < balance.Length; kind++)
            {
                (coefficients[2 * kind], coefficients[(2 * kind) + 1]) = (balance[kind], -balance[kind]);
            }

            return coefficients;
        }

        private double[] Row(bool[] sum, int slack)
        {
            var coefficients = new double[upper.Count];
            for (var kind = 0; kind < sum.Length; kind++)
            {
                if (sum[kind])
                {
                    (coefficients[2 * kind], coefficients[(2 * kind) + 1]) = (1, -1);
                }
            }

            if (slack >= 0)
            {
                (coefficients[slack], coefficients[slack + 1]) = (-1, 1);
            }

            return coefficients;
        }
    }
}
