using System.Numerics;

namespace PartnerLedger.Statistics;

/// <summary>Amounts that balance and gain most: a linear program, solved by the simplex method with bounded variables.</summary>
public static class LinearProgram
{
    private const double Tiny = 1e-9;

    /// <summary>
    /// Amounts x, each from 0 to its upper bound, for which every row·x is 0, with the greatest gain·x. No amounts at all are always
    /// allowed, so there is an answer; past the greatest number of steps it is the best so far.
    /// </summary>
    public static double[] Maximize(IReadOnlyList<double[]> rows, double[] gain, double[] upper, int mostSteps = 5_000)
    {
        // At first each row is kept by an amount of its own that may not be other than 0; it has no column, and once out stays out.
        var table = rows.Select(row => (double[])row.Clone()).ToArray();
        var cost = (double[])gain.Clone();
        var basis = Enumerable.Repeat(-1, table.Length).ToArray();
        var values = new double[table.Length];
        var isFull = new bool[gain.Length];
        var isBasic = new bool[gain.Length];
        for (var (step, idle) = (0, 0); step < mostSteps; step++)
        {
            // After many steps without gain the first column that gains is taken, which cannot go round in circles.
            var entering = Enter(cost, isBasic, isFull, takeFirst: idle > 50);
            if (entering < 0)
            {
                break;
            }

            var sign = isFull[entering] ? -1 : 1;
            var (leaving, amount) = Leave(table, basis, values, upper, entering, sign);
            idle = amount > Tiny ? 0 : idle + 1;
            for (var row = 0; row < table.Length; row++)
            {
                values[row] -= sign * table[row][entering] * amount;
            }

            if (leaving < 0)
            {
                isFull[entering] = !isFull[entering];
                continue;
            }

            var left = basis[leaving];
            if (left >= 0)
            {
                (isBasic[left], isFull[left]) = (false, values[leaving] > upper[left] / 2);
            }

            (basis[leaving], values[leaving]) = (entering, isFull[entering] ? upper[entering] - amount : amount);
            isBasic[entering] = true;
            Pivot(table, cost, leaving, entering);
        }

        var amounts = new double[gain.Length];
        for (var column = 0; column < amounts.Length; column++)
        {
            amounts[column] = isFull[column] && !isBasic[column] ? upper[column] : 0;
        }

        for (var row = 0; row < table.Length; row++)
        {
            if (basis[row] >= 0)
            {
                amounts[basis[row]] = values[row];
            }
        }

        return amounts;
    }

    private static int Enter(double[] cost, bool[] isBasic, bool[] isFull, bool takeFirst)
    {
        var (best, most) = (-1, Tiny);
        for (var column = 0; column < cost.Length; column++)
        {
            var gains = isFull[column] ? -cost[column] : cost[column];
            if (!isBasic[column] && gains > most)
            {
                (best, most) = (column, gains);
                if (takeFirst)
                {
                    break;
                }
            }
        }

        return best;
    }

    // The row that first forbids more, or none where the entering amount's own other bound comes first.
    private static (int Row, double Amount) Leave(double[][] table, int[] basis, double[] values, double[] upper, int entering, int sign)
    {
        var (leaving, most) = (-1, upper[entering]);
        for (var row = 0; row < table.Length; row++)
        {
            var falls = sign * table[row][entering];
            if (Math.Abs(falls) <= Tiny)
            {
                continue;
            }

            var bound = basis[row] < 0 ? 0 : upper[basis[row]];
            var amount = Math.Max(0, falls > 0 ? values[row] / falls : (bound - values[row]) / -falls);
            if (amount < most - Tiny || (amount <= most && leaving >= 0 && basis[row] < basis[leaving]))
            {
                (leaving, most) = (row, amount);
            }
        }

        return (leaving, most);
    }

    private static void Pivot(double[][] table, double[] cost, int leaving, int entering)
    {
        var pivot = table[leaving];
        var by = pivot[entering];
        for (var column = 0; column < pivot.Length; column++)
        {
            pivot[column] /= by;
        }

        foreach (var row in table.Append(cost))
        {
            var times = row[entering];
            if (ReferenceEquals(row, pivot) || times == 0)
            {
                continue;
            }

            Subtract(row, pivot, times);
            row[entering] = 0;
        }
    }

    private static void Subtract(double[] from, double[] row, double times)
    {
        var column = 0;
        for (; column <= row.Length - Vector<double>.Count; column += Vector<double>.Count)
        {
            (new Vector<double>(from, column) - (new Vector<double>(row, column) * times)).CopyTo(from, column);
        }

        for (; column < row.Length; column++)
        {
            from[column] -= times * row[column];
        }
    }
}
