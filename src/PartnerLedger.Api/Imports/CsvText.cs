using System.Buffers;
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

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n ");

    /// <summary>As RFC 4180 has it. The library would quote a cell for the line end that it writes, but not for another one.</summary>
    public static readonly CsvConfiguration Written = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        ShouldQuote = cell => cell.Field.AsSpan().IndexOfAny(Quoted) >= 0,
    };

    /// <summary>
    /// With whatever ends a line; and a quotation mark in the middle of a cell is a character like others. Where commas are decimal marks, spreadsheets put
    /// semicolons between cells: so it is where the first line has these alone.
    /// </summary>
    public static readonly CsvConfiguration Read = new(CultureInfo.InvariantCulture)
    {
        IgnoreBlankLines = false,
        BadDataFound = null,
        DetectDelimiter = true,
        GetDelimiter = text => FirstLine(text.Text) is var line && line.Contains(';') && !line.Contains(',') ? ";" : ",",
    };

    public static string? Guard(string? text) => IsGuardedOrFormula(text) ? Apostrophe + text : text;

    public static string Unguard(string text) => text.Length > 0 && text[0] == Apostrophe && IsGuardedOrFormula(text) ? text[1..] : text;

    private static string FirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? text[..end] : text;

    private static bool IsGuardedOrFormula(string? text)
    {
        var bare = text.AsSpan().TrimStart(Apostrophe);
        return bare.Length > 0 && bare[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
    }
}
