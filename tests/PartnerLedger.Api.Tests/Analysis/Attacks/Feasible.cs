namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>Whole numbers from 0 up of which sums are known: how small and how large another sum of them can be. By two phases of the simplex method, and branches where a number is not whole.</summary>
internal sealed class Feasible
{
    private const double Tiny = 1e-7;
    private const int DeepestBranch = 4;

    private readonly IReadOnlyList<(double[] Terms, double Sum, bool IsAtMost)> known;
    private readonly int unknowns;
    private readonly double[][] table;
    private readonly int[] basis;
    private readonly int columns;

    public Feasible(int unknowns, IReadOnlyList<(double[] Terms, double Sum, bool IsAtMost)> known)
    {
        (this.unknowns, this.known) = (unknowns, known);
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

    public (double Low, double High) Range(double[] sum) => (-Most([.. sum.Select(term => -term)], 0), Most(sum, 0));

    private double Most(double[] sum, int depth)
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

        if (!Optimize(rows, inBasis, columns))
        {
            return double.PositiveInfinity;
        }

        var broken = Enumerable.Range(0, inBasis.Length).FirstOrDefault(i => inBasis[i] < unknowns && Math.Abs(rows[i][^1] - Math.Round(rows[i][^1])) > 1e-5, -1);
        if (broken < 0 || depth == DeepestBranch)
        {
            return rows[^1][^1];
        }

        var (term, value) = (new double[unknowns], rows[broken][^1]);
        term[inBasis[broken]] = 1;
        return Math.Max(
            new Feasible(unknowns, [.. known, (term, Math.Floor(value), true)]).Most(sum, depth + 1),
            new Feasible(unknowns, [.. known, ([.. term.Select(one => -one)], -Math.Ceiling(value), true)]).Most(sum, depth + 1));
    }

    // By Bland's rule, which never goes round in circles; false where there is no end.
    private static bool Optimize(double[][] rows, int[] inBasis, int columns)
    {
        while (Enumerable.Range(0, columns).FirstOrDefault(j => rows[^1][j] < -Tiny, -1) is >= 0 and var entering)
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
        }

        return true;
    }

    private static void Pivot(double[][] rows, int[] inBasis, int leaving, int entering)
    {
        var by = rows[leaving][entering];
        for (var j = 0; j < rows[leaving].Length; j++)
        {
            rows[leaving][j] /= by;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (i != leaving && Math.Abs(rows[i][entering]) > 1e-12)
            {
                Subtract(rows[i], rows[leaving], rows[i][entering]);
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
