using System.Collections.Frozen;

namespace PartnerLedger.Domain;

/// <summary>Enumerations as the lower-case words that users read and write.</summary>
public static class Words
{
    public static string ToWord<T>(this T value)
        where T : struct, Enum => Of<T>.ByValue[value];

    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum
    {
        value = default;
        return word is not null && Of<T>.ByWord.TryGetValue(word, out value);
    }

    public static T Parse<T>(string word)
        where T : struct, Enum =>
        TryParse<T>(word, out var value) ? value : throw new FormatException($"'{word}' is none of {string.Join(", ", All<T>())}.");

    /// <summary>Every word of the enumeration, in its order.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => Of<T>.Ordered;

    private static class Of<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => value.ToString().ToLowerInvariant());

        public static readonly FrozenDictionary<string, T> ByWord =
            ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

        public static readonly IReadOnlyList<string> Ordered = [.. Enum.GetValues<T>().Select(value => ByValue[value])];
    }
}
