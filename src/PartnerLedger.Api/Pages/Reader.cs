using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace PartnerLedger.Api.Pages;

/// <summary>Writes numbers as whoever looks at a page is used to read them, by the languages that the browser asks for; dates are the same to all.</summary>
public sealed class Reader
{
    /// <summary>What stands in place of a number that there is none of.</summary>
    public const string None = "–";

    private const string ThinSpace = "\u202f";

    // Source: Unicode CLDR, symbols of decimal and group.
    private static readonly (string Decimal, string Group, string[] Languages)[] Habits =
    [
        (",", ".", ["da", "de", "el", "es", "gl", "hr", "id", "is", "it", "nl", "pt", "ro", "sl", "sr", "tr", "vi"]),
        (",", ThinSpace, ["bg", "cs", "et", "fi", "fr", "hu", "lt", "lv", "nb", "nn", "no", "pl", "ru", "sk", "sv", "uk", "pt-pt"]),
        (".", "’", ["de-ch", "de-li", "it-ch"]),
        (".", ",", ["es-mx", "es-us"]),
    ];

    private readonly NumberFormatInfo numbers = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();

    private Reader(string mark, string group)
    {
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator) = (mark, group);
        (numbers.PercentDecimalSeparator, numbers.PercentGroupSeparator) = (mark, group);
    }

    /// <summary>The reader whose browser sent this; one who reads English where it names no language.</summary>
    internal static Reader Of(HttpContext? context)
    {
        var language = context is not null && StringWithQualityHeaderValue.TryParseList(context.Request.Headers.AcceptLanguage, out var asked)
            ? asked.OrderByDescending(each => each.Quality ?? 1).Select(each => each.Value.ToString()).FirstOrDefault()
            : null;
        return Of(language ?? "en");
    }

    internal static Reader Of(string language)
    {
        foreach (var name in new[] { language, language.Split('-')[0] })
        {
            foreach (var (mark, group, languages) in Habits)
            {
                if (languages.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    return new Reader(mark, group);
                }
            }
        }

        return new Reader(".", ",");
    }

    /// <summary>A count.</summary>
    public string Count(long? count) => count?.ToString("N0", numbers) ?? None;

    /// <summary>A number with so many decimals.</summary>
    public string Number(double? number, int decimals = 2) => number?.ToString($"N{decimals}", numbers) ?? None;

    /// <summary>A part of one, in percent.</summary>
    public string Percent(double? part, int decimals = 0) => part is { } value ? $"{(value * 100).ToString($"N{decimals}", numbers)} %" : None;

    /// <summary>A p- or q-value.</summary>
    public string Probability(double? p) => p is < 0.001 ? $"< {Number(0.001, 3)}" : Number(p, 3);

    /// <summary>A difference of parts, in points of a hundred, with its sign.</summary>
    public string Points(double? difference) => difference is { } value
        ? Math.Round(value * 100) is var points and not 0 ? $"{(points > 0 ? "+" : "−")}{Number(Math.Abs(points), 0)}" : "0"
        : None;

    /// <summary>A difference of parts with its limits.</summary>
    public string Points(double? difference, double? low, double? high) =>
        difference is null ? None : $"{Points(difference)} ({Points(low)} to {Points(high)})";

    /// <summary>A moment in UTC, to the minute.</summary>
    public static string Moment(DateTime moment) => moment.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
