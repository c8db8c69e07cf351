using System.Runtime.InteropServices;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>Whole numbers from 0 up of which sums are known: how small and how large another sum of them can be. By two phases of the simplex method, and branches where a number is not whole.</summary>
internal sealed class Feasible
{
    private const double Tiny = 1e-7;
    private const int DeepestBranch = 12;

    private readonly int unknowns;
    private readonly double[][] table;
    private readonly int[] basis;
    private readonly int columns;

    public Feasible(int unknowns, IReadOnlyList<(double[] Terms, double Sum, bool IsAtMost)> known)
    {
        this.unknowns = unknowns;
        var atMost = known.Count(row => row.IsAtMost);
        columns = unknowns + atMost + known.Count;
        table = new double[known.Count + 1][];
        basis = new int[known.Count];
        var slack = unknowns;
        for (var i = 0; i < known.Count; i++)
        {
            var row = table[i] = new double[columns + 1];
            var sign = known[i].Sum < 0 ? -1 : 1;
            for (var j = 0; j < unknowns; j++)
            {
                row[j] = sign * known[i].Terms[j];
            }

            row[columns] = sign * known[i].Sum;
            if (known[i].IsAtMost)
            {
                row[slack++] = sign;
            }

            basis[i] = unknowns + atMost + i;
            row[basis[i]] = 1;
        }

        table[^1] = new double[columns + 1];
        for (var j = unknowns + atMost; j < columns; j++)
        {
            table[^1][j] = 1;
        }

        for (var i = 0; i < known.Count; i++)
        {
            Subtract(table[^1], table[i], 1);
        }

        Optimize(table, basis, columns);
        IsPossible = -table[^1][columns] < 1e-6;
        for (var i = 0; i < known.Count && IsPossible; i++)
        {
            if (basis[i] >= unknowns + atMost && Enumerable.Range(0, unknowns + atMost).FirstOrDefault(j => Math.Abs(table[i][j]) > Tiny, -1) is >= 0 and var entering)
            {
                Pivot(table, basis, i, entering);
            }
        }

        columns = unknowns + atMost;
        for (var i = 0; i < known.Count; i++)
        {
            table[i] = [.. table[i][..columns], table[i][^1]];
        }
    }

    public bool IsPossible { get; }

    public (double Low, double High) Range(double[] sum) => (-Most([.. sum.Select(term => -term)]), Most(sum));

    private double Most(double[] sum)
    {
        if (!IsPossible)
        {
            return double.NegativeInfinity;
        }

        var (rows, inBasis) = (table[..^1].Select(row => (double[])row.Clone()).Append(new double[columns + 1]).ToArray(), (int[])basis.Clone());
        for (var j = 0; j < unknowns; j++)
        {
            rows[^1][j] = -sum[j];
        }

        for (var i = 0; i < inBasis.Length; i++)
        {
            if (inBasis[i] < columns)
            {
                Subtract(rows[^1], rows[i], rows[^1][inBasis[i]]);
            }
        }

        return Optimize(rows, inBasis, columns) ? InWholeNumbers(rows, inBasis, double.NegativeInfinity, 0) : double.PositiveInfinity;
    }

    // The most that whole numbers can make of a table that is optimal, if that is more than is known to be possible; at some depth, of any numbers.
    private double InWholeNumbers(double[][] rows, int[] inBasis, double possible, int depth)
    {
        var most = Math.Floor(rows[^1][^1] + 1e-5);
        var broken = Enumerable.Range(0, inBasis.Length).FirstOrDefault(i => inBasis[i] < unknowns && Math.Abs(rows[i][^1] - Math.Round(rows[i][^1])) > 1e-5, -1);
        if (most <= possible || broken < 0 || depth == DeepestBranch)
        {
            return Math.Max(possible, most);
        }

        foreach (var isUp in new[] { false, true })
        {
            var (branch, branchBasis) = Branch(rows, inBasis, broken, isUp);
            if (OptimizeAgain(branch, branchBasis))
            {
                possible = InWholeNumbers(branch, branchBasis, possible, depth + 1);
            }
        }

        return possible;
    }

    // A row more: the broken number is at most the whole one below it, or at least the one above.
    private static (double[][] Rows, int[] InBasis) Branch(double[][] rows, int[] inBasis, int broken, bool isUp)
    {
        var width = rows[broken].Length;
        var bound = new double[width + 1];
        for (var j = 0; j < width; j++)
        {
            bound[j] = isUp ? rows[broken][j] : -rows[broken][j];
        }

        var value = rows[broken][^1];
        (bound[inBasis[broken]], bound[^2], bound[^1]) = (0, 1, isUp ? value - Math.Ceiling(value) : Math.Floor(value) - value);
        return ([.. rows[..^1].Select(Wider), bound, Wider(rows[^1])], [.. inBasis, width - 1]);

        double[] Wider(double[] row) => [.. row[..^1], 0, row[^1]];
    }

    // By the steepest column; where that goes on without gaining anything, by Bland's rule, which never goes round in circles.
    // False where there is no end.
    private static bool Optimize(double[][] rows, int[] inBasis, int columns)
    {
        var (gained, idle) = (rows[^1][^1], 0);
        while (Entering(rows[^1].AsSpan(0, columns), steepest: idle < inBasis.Length) is >= 0 and var entering)
        {
            var (leaving, least) = (-1, double.PositiveInfinity);
            for (var i = 0; i < inBasis.Length; i++)
            {
                if (rows[i][entering] > Tiny && (rows[i][^1] / rows[i][entering]) is var ratio
                    && (ratio < least - Tiny || (ratio < least + Tiny && inBasis[i] < inBasis[leaving])))
                {
                    (leaving, least) = (i, ratio);
                }
            }

            if (leaving < 0)
            {
                return false;
            }

            Pivot(rows, inBasis, leaving, entering);
            (gained, idle) = rows[^1][^1] > gained + Tiny ? (rows[^1][^1], 0) : (gained, idle + 1);
        }

        return true;
    }

    // By the dual simplex method, from a table that is optimal but for what was added to it; false where that cannot be.
    private static bool OptimizeAgain(double[][] rows, int[] inBasis)
    {
        while (Enumerable.Range(0, inBasis.Length).MinBy(i => rows[i][^1]) is var leaving && rows[leaving][^1] < -Tiny)
        {
            var (entering, least) = (-1, double.PositiveInfinity);
            for (var j = 0; j < rows[leaving].Length - 1; j++)
            {
                if (rows[leaving][j] < -Tiny && (rows[^1][j] / -rows[leaving][j]) is var ratio && ratio < least - Tiny)
                {
                    (entering, least) = (j, ratio);
                }
            }

            if (entering < 0)
            {
                return false;
            }

            Pivot(rows, inBasis, leaving, entering);
        }

        return true;
    }

    private static int Entering(ReadOnlySpan<double> costs, bool steepest)
    {
        var (entering, least) = (-1, -Tiny);
        for (var j = 0; j < costs.Length && (steepest || entering < 0); j++)
        {
            if (costs[j] < least)
            {
                (entering, least) = (j, costs[j]);
            }
        }

        return entering;
    }

    private static void Pivot(double[][] rows, int[] inBasis, int leaving, int entering)
    {
        var (pivot, by) = (rows[leaving], rows[leaving][entering]);
        var filled = new List<int>(pivot.Length);
        for (var j = 0; j < pivot.Length; j++)
        {
            if (Math.Abs(pivot[j]) > 1e-12)
            {
                pivot[j] /= by;
                filled.Add(j);
            }
            else
            {
                pivot[j] = 0;
            }
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (i != leaving && rows[i][entering] is var times && Math.Abs(times) > 1e-12)
            {
                var row = rows[i];
                foreach (var j in CollectionsMarshal.AsSpan(filled))
                {
                    row[j] -= times * pivot[j];
                }
            }
        }

        inBasis[leaving] = entering;
    }

    private static void Subtract(double[] from, double[] row, double times)
    {
        for (var j = 0; j < from.Length; j++)
        {
            from[j] -= times * row[j];
        }
    }
}
