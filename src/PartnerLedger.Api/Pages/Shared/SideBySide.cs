namespace PartnerLedger.Api.Pages.Shared;

/// <summary>Lines of a table that sets negative and success factors of a topic beside each other.</summary>
internal static class SideBySide
{
    /// <summary>A topic, with one negative factor, one success factor, or both; topics by name, the factors of a side in the order they come in.</summary>
    public static IEnumerable<(string Topic, T? Negative, T? Success)> Pair<T>(IEnumerable<T> factors, Func<T, string> topicOf, Func<T, bool> isNegative)
        where T : class => factors.GroupBy(topicOf, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal).SelectMany(topic =>
    {
        var sides = topic.ToLookup(isNegative);
        var (negative, success) = (sides[true].ToList(), sides[false].ToList());
        return Enumerable.Range(0, Math.Max(negative.Count, success.Count))
            .Select(line => (topic.Key, negative.ElementAtOrDefault(line), success.ElementAtOrDefault(line)));
    });
}
