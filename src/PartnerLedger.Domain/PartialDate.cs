using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using PartnerLedger.Domain.Json;

namespace PartnerLedger.Domain;

/// <summary>When a thing happened, as far as it is known: a year, a month or a day.</summary>
[JsonConverter(typeof(PartialDateConverter))]
[StructLayout(LayoutKind.Auto)]
public readonly record struct PartialDate
{
    private readonly short _year;
    private readonly byte _month;
    private readonly byte _day;

    private PartialDate(int year, int month, int day)
    {
        _year = (short)year;
        _month = (byte)month;
        _day = (byte)day;
    }

    public DateOnly First => new(_year, Math.Max((int)_month, 1), Math.Max((int)_day, 1));

    public DateOnly Last => _month == 0 ? new(_year, 12, 31) : _day == 0 ? new(_year, _month, DateTime.DaysInMonth(_year, _month)) : First;

    /// <summary>The day that stands for it where arithmetic needs one: a year's July 1st, a month's 16th.</summary>
    public DateOnly Day => _month == 0 ? new(_year, 7, 1) : _day == 0 ? new(_year, _month, 16) : First;

    public static PartialDate Of(DateOnly day) => day.Year >= 1000
        ? new(day.Year, day.Month, day.Day)
        : throw new ArgumentOutOfRangeException(nameof(day), day, "A partial date begins with the year 1000.");

    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"'{text}' is not a date like 2024, 2024-03 or 2024-03-15.");

    public static bool TryParse(string? text, out PartialDate date) => TryParse(text.AsSpan(), out date);

    public static bool TryParse(ReadOnlySpan<char> text, out PartialDate date)
    {
        date = default;
        var month = 0;
        var day = 0;
        var wellFormed = text.Length switch
        {
            4 => true,
            7 => text[4] == '-' && TryDigits(text[5..7], out month),
            10 => text[4] == '-' && text[7] == '-' && TryDigits(text[5..7], out month) && TryDigits(text[8..10], out day),
            _ => false,
        };
        if (!wellFormed || !TryDigits(text[..4], out var year) || year < 1000
            || (text.Length >= 7 && month is < 1 or > 12)
            || (text.Length == 10 && (day < 1 || day > DateTime.DaysInMonth(year, month))))
        {
            return false;
        }

        date = new(year, month, day);
        return true;
    }

    public override string ToString() => _month == 0 ? $"{_year:0000}"
        : _day == 0 ? $"{_year:0000}-{_month:00}"
        : $"{_year:0000}-{_month:00}-{_day:00}";

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
