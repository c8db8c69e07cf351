namespace PartnerLedger.Statistics;

/// <summary>
/// Where all stand after a day: free of any end, or in one of the ends, with the variances and covariances that Greenwood's recursion
/// carries forward when the ends of each day are a multinomial draw from those at risk.
/// </summary>
internal sealed class MultinomialState(int causes)
{
    private readonly double[] _met = new double[causes];
    private readonly double[] _variance = new double[causes];
    private readonly double[] _withFree = new double[causes];
    private double _free = 1;
    private double _freeVariance;

    public void Advance(int atRisk, ReadOnlySpan<int> ends)
    {
        var ended = 0;
        foreach (var count in ends)
        {
            ended += count;
        }

        var n = (double)atRisk;
        var stay = (atRisk - ended) / n;
        var drawn = _free * _free / n;
        for (var k = 0; k < ends.Length; k++)
        {
            var leave = ends[k] / n;
            _variance[k] += (leave * ((2 * _withFree[k]) + (leave * _freeVariance))) + (drawn * leave * (1 - leave));
            _withFree[k] = (stay * (_withFree[k] + (leave * _freeVariance))) - (drawn * leave * stay);
            _met[k] = Math.Min(1, _met[k] + (_free * leave));
        }

        _freeVariance = (stay * stay * _freeVariance) + (drawn * stay * (1 - stay));
        _free *= stay;
    }

    public IncidenceStep On(int day) =>
        new(day, _free, [.. _met], Array.ConvertAll(_variance, variance => Math.Max(0, variance)));
}
