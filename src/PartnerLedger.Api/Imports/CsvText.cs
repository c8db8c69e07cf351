using System.Globalization;
using CsvHelper.Configuration;

namespace PartnerLedger.Api.Imports;

/// <summary>
/// How texts stand in the CSV of imports and exports. A spreadsheet takes a cell that begins with = + - @ for a formula, so an apostrophe is put
/// before such a text, and before one that begins with apostrophes and such a character; on the way in one is taken off again.
/// </summary>
internal static class CsvText
{
    public const string MediaType = "text/csv";

    private const char Apostrophe = '\'';

    public static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        IgnoreBlankLines = false,
        BadDataFound = null,
    };

    public static string? Guard(string? text) => IsGuardedOrFormula(text) ? Apostrophe + text : text;

    public static string Unguard(string text) => text.Length > 0 && text[0] == Apostrophe && IsGuardedOrFormula(text) ? text[1..] : text;

    private static bool IsGuardedOrFormula(string? text)
    {
        var bare = text.AsSpan().TrimStart(Apostrophe);
        return bare.Length > 0 && bare[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
    }
}
