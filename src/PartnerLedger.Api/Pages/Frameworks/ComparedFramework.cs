namespace PartnerLedger.Api.Pages.Frameworks;

/// <summary>One side of a comparison.</summary>
/// <param name="Code">The framework's code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Factors">The factors that it names, and how much each counts, where it says so.</param>
public sealed record ComparedFramework(string Code, string Name, IReadOnlyDictionary<string, int?> Factors)
{
    /// <summary>How much a factor counts among all that have a weight; null where it has none.</summary>
    public double? Share(string factor) =>
        Factors.GetValueOrDefault(factor) is { } weight ? (double)weight / Factors.Values.Sum(each => (long)(each ?? 0)) : null;
}
