using System.Globalization;

namespace PartnerLedger.Api.Http;

/// <summary>A moment as a query parameter gives it: RFC 3339 with its offset, as UTC.</summary>
internal readonly record struct Moment(DateTime Utc) : IParsable<Moment>
{
    private const int MostDigits = 7;

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static Moment Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var moment) ? moment : throw new FormatException($"'{s}' is not an RFC 3339 time.");

    public static bool TryParse(string? s, IFormatProvider? provider, out Moment result)
    {
        // Without an offset a time means something else to everybody; in a query, + arrives as a blank.
        var hasOffset = s is { Length: >= 20 } && (s[^1] is 'Z' or 'z' || s[^6] is '+' or '-' or ' ');
        var read = DateTimeOffset.TryParseExact(
            Cut(s?.ToUpperInvariant().Replace(' ', '+')), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment);
        result = new(moment.UtcDateTime);
        return hasOffset && read;
    }

    // A second may have any number of digits; those beyond what a clock here tells make no difference.
    private static string? Cut(string? text)
    {
        var first = (text?.IndexOf('.', StringComparison.Ordinal) ?? -1) + 1;
        var last = first;
        while (first > 0 && last < text!.Length && char.IsAsciiDigit(text[last]))
        {
            last++;
        }

        return last - first > MostDigits ? text!.Remove(first + MostDigits, last - first - MostDigits) : text;
    }

    public override string ToString() => Utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
