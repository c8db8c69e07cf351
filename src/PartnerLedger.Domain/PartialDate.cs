using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using PartnerLedger.Domain.Json;

namespace PartnerLedger.Domain;

/// <summary>When a thing happened, as far as it is known: a year, a month or a day.</summary>
[JsonConverter(typeof(PartialDateConverter))]
[StructLayout(LayoutKind.Auto)]
public readonly record struct PartialDate
{
    private readonly short year;
    private readonly byte month;
    private readonly byte day;

    private PartialDate(int year, int month, int day)
    {
        this.year = (short)year;
        this.month = (byte)month;
        this.day = (byte)day;
    }

    public DateOnly First => new(year, Math.Max((int)month, 1), Math.Max((int)day, 1));

    public DateOnly Last => month == 0 ? new(year, 12, 31) : day == 0 ? new(year, month, DateTime.DaysInMonth(year, month)) : First;

    /// <summary>The day that stands for it where arithmetic needs one: a year's July 1st, a month's 16th.</summary>
    public DateOnly Day => month == 0 ? new(year, 7, 1) : day == 0 ? new(year, month, 16) : First;

    public static PartialDate Of(DateOnly day) => day.Year >= 1000
        ? new(day.Year, day.Month, day.Day)
        : throw new ArgumentOutOfRangeException(nameof(day), day, "A partial date begins with the year 1000.");

    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"'{text}' is not a date like 2024, 2024-03 or 2024-03-15.");

    public static bool TryParse(string? text, out PartialDate date) => TryParse(text.AsSpan(), out date);

    public static bool TryParse(ReadOnlySpan<char> text, out PartialDate date)
    {
        date = default;
        var m = 0;
        var d = 0;
        var wellFormed = text.Length switch
        {
            4 => true,
            7 => text[4] == '-' && TryDigits(text[5..7], out m),
            10 => text[4] == '-' && text[7] == '-' && TryDigits(text[5..7], out m) && TryDigits(text[8..10], out d),
            _ => false,
        };
        if (!wellFormed || !TryDigits(text[..4], out var y) || y < 1000
            || (text.Length >= 7 && m is < 1 or > 12)
            || (text.Length == 10 && (d < 1 || d > DateTime.DaysInMonth(y, m))))
        {
            return false;
        }

        date = new(y, m, d);
        return true;
    }

    public override string ToString() => month == 0 ? $"{year:0000}"
        : day == 0 ? $"{year:0000}-{month:00}"
        : $"{year:0000}-{month:00}-{day:00}";

    // int.TryParse would let signs, blanks and other scripts' digits through.
    private static bool TryDigits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            number = number * 10 + (c - '0');
        }

        return true;
    }
}
