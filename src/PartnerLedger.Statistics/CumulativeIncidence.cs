namespace PartnerLedger.Statistics;

/// <summary>
/// The state of things after a day (counted from the start) on which an end was met: the probability (0–1) of having met none, and for
/// each end, in the order of the causes, the probability of having met it with that probability's variance.
/// </summary>
public sealed record IncidenceStep(int Day, double Free, IReadOnlyList<double> Incidence, IReadOnlyList<double> Variance);

/// <summary>
/// How probable each of several competing ends is by each day (0–1; Aalen–Johansen, with Greenwood-type variances from the multinomial
/// recursion over the days), from partnerships that may come under watch late and may still be running.
/// </summary>
public static class CumulativeIncidence
{
    /// <summary>A product of fractions that is one half must not miss it by rounding.</summary>
    private const double Half = 0.5 + 1e-12;

    /// <summary>One step for each day with an end, none where none was met; null where nobody was ever at risk.</summary>
    public static IReadOnlyList<IncidenceStep>? AalenJohansen(IEnumerable<Course> courses, int causes)
    {
        ArgumentNullException.ThrowIfNull(courses);
        ArgumentOutOfRangeException.ThrowIfLessThan(causes, 1);
        var risk = new RiskSet(courses, causes);
        if (risk.IsEmpty)
        {
            return null;
        }

        var steps = new List<IncidenceStep>();
        var state = new MultinomialState(causes);
        while (risk.NextEnd() is { } day)
        {
            risk.MoveTo(day);
            state.Advance(risk.AtRisk, risk.Ends);
            steps.Add(state.On(day));
        }

        return steps;
    }

    /// <summary>The probability of having met the cause (from 1) by the end of the day; null where there are no steps to read.</summary>
    public static Incidence? At(IReadOnlyList<IncidenceStep>? steps, int day, int cause)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(day);
        ArgumentOutOfRangeException.ThrowIfLessThan(cause, 1);
        if (steps is null)
        {
            return null;
        }

        if (steps.Count > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(cause, steps[0].Incidence.Count);
        }

        var (low, high) = (0, steps.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = steps[middle].Day <= day ? (middle + 1, high) : (low, middle);
        }

        return low == 0
            ? new Incidence(0, 0, 0)
            : Incidence.From(steps[low - 1].Incidence[cause - 1], steps[low - 1].Variance[cause - 1]);
    }

    /// <summary>The first day by which half have met an end; null where half never did.</summary>
    public static int? Median(IReadOnlyList<IncidenceStep>? steps) => steps?.FirstOrDefault(step => step.Free <= Half)?.Day;
}
