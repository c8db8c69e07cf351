namespace PartnerLedger.Statistics;

/// <summary>Tests made at once, by the rule of Benjamini and Hochberg (1995): calling every factor with a q-value up to q telling, one expects a part of at most q to be none.</summary>
public static class BenjaminiHochberg
{
    /// <summary>The q-values (0–1) of p-values, in their order: the least m·p/j of this p-value and all larger ones, j being a p-value's rank.</summary>
    public static double[] QValues(IReadOnlyList<double> pValues)
    {
        var places = Enumerable.Range(0, pValues.Count).OrderByDescending(place => pValues[place]).ToArray();
        var qValues = new double[places.Length];
        var least = 1.0;
        for (var i = 0; i < places.Length; i++)
        {
            least = Math.Min(least, pValues[places[i]] * (places.Length / (double)(places.Length - i)));
            qValues[places[i]] = least;
        }

        return qValues;
    }
}
