namespace PartnerLedger.Api.Pages.Catalogue;

/// <summary>A factor as a list names it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="IsNegative">Whether it speaks against partnerships.</param>
/// <param name="Label">Its name.</param>
/// <param name="IsSynthesis">Whether it is of the starter catalogue.</param>
public sealed record NamedFactor(string Code, string Topic, bool IsNegative, string Label, bool IsSynthesis);

/// <summary>A line of the catalogue: a topic with one negative factor, one success factor, or both beside each other.</summary>
public sealed record FactorPair(string Topic, NamedFactor? Negative, NamedFactor? Success)
{
    public static IReadOnlyList<FactorPair> Of(IEnumerable<NamedFactor> factors) =>
    [
        .. factors.GroupBy(factor => factor.Topic, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal).SelectMany(topic =>
        {
            var negative = Side(topic, isNegative: true);
            var success = Side(topic, isNegative: false);
            return Enumerable.Range(0, Math.Max(negative.Count, success.Count))
                .Select(line => new FactorPair(topic.Key, negative.ElementAtOrDefault(line), success.ElementAtOrDefault(line)));
        }),
    ];

    private static List<NamedFactor> Side(IEnumerable<NamedFactor> topic, bool isNegative) =>
        [.. topic.Where(factor => factor.IsNegative == isNegative).OrderBy(factor => factor.Code, StringComparer.Ordinal)];
}
