using System.Diagnostics.CodeAnalysis;

namespace PartnerLedger.Api.Http;

/// <summary>A value of an enumeration in a query, as exactly its word; the framework's own binding would take numbers too.</summary>
internal readonly record struct Word<T>(T Value) : IParsable<Word<T>>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = WordConverterFactory.WordsOf(typeof(T)).Zip(Enum.GetValues<T>()).ToDictionary(StringComparer.Ordinal);

    public static Word<T> Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var word) ? word : throw new FormatException();

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Word<T> result)
    {
        var known = Values.TryGetValue(s ?? "", out var value);
        result = new Word<T>(value);
        return known;
    }
}
