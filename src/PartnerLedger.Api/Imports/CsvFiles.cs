using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace PartnerLedger.Api.Imports;

/// <summary>
/// The two CSV files of one multipart request, as commands. They are held in memory, since their rows belong together:
/// partnerships in the order in which the files first name them, of each its rows.
/// </summary>
internal static class CsvFiles
{
    public const string MediaType = "multipart/form-data";

    private static readonly string[] Files = [CsvTemplate.Partnerships, CsvTemplate.Notes];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async IAsyncEnumerable<RawLine[]> Read(string boundary, Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new Rows();
        var reader = new MultipartReader(boundary, body);
        while (await NextSection(reader, rows, cancellationToken) is { } section)
        {
            await Read(section, rows, cancellationToken);
        }

        yield return [.. rows.Refused];
        foreach (var partnership in rows.Partnerships)
        {
            yield return [.. partnership.Lines()];
        }
    }

    private static async Task<MultipartSection?> NextSection(MultipartReader reader, Rows rows, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception exception) when (IsOfTheParts(exception))
        {
            rows.Refuse("", 0, "", "The parts of the request cannot be told from each other.");
            return null;
        }
    }

    private static async Task Read(MultipartSection section, Rows rows, CancellationToken cancellationToken)
    {
        var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) ? HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "" : "";
        if (Array.IndexOf(Files, name) < 0)
        {
            rows.Refuse(name, 0, "", "Is no file of an import: send partnerships, notes, or both.");
            return;
        }

        if (!rows.Begin(name))
        {
            rows.Refuse(name, 0, "", "Stands more than once.");
            return;
        }

        using var text = new StreamReader(section.Body, Strict, detectEncodingFromByteOrderMarks: false);
        using var parser = new CsvParser(text, CsvText.Read);
        try
        {
            await ReadRows(name, parser, rows, cancellationToken);
        }
        catch (Exception exception) when (exception is DecoderFallbackException or CsvHelperException)
        {
            rows.Refuse(name, parser.RawRow + 1, "", "The file is not CSV in UTF-8.");
        }
        catch (Exception exception) when (IsOfTheParts(exception))
        {
            rows.Refuse(name, parser.RawRow + 1, "", "The file breaks off.");
        }
    }

    private static bool IsOfTheParts(Exception exception) => exception is InvalidDataException or (IOException and not BadHttpRequestException);

    private static async Task ReadRows(string file, CsvParser parser, Rows rows, CancellationToken cancellationToken)
    {
        var known = file == CsvTemplate.Notes ? CsvTemplate.NoteColumns : CsvTemplate.PartnershipColumns;
        string[]? columns = null;
        for (var line = 1L; await parser.ReadAsync(); line = parser.RawRow + 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cells = parser.Record ?? [];
            if (columns is null)
            {
                columns = [.. cells.Select(cell => cell.TrimStart('\uFEFF').Trim())];
                var strange = columns.Where(column => !known.Contains(column, StringComparer.Ordinal)).Concat(columns.GroupBy(column => column).Where(same => same.Count() > 1).Select(same => same.Key)).ToList();
                strange.ForEach(column => rows.Refuse(file, line, column, $"Is not a column of this file, or stands twice. Its columns are {string.Join(", ", known)}."));
                if (strange.Count > 0)
                {
                    return;
                }
            }
            else if (IsBroken(parser.RawRecord, parser.Delimiter))
            {
                rows.Refuse(file, line, "", "A quotation mark is not closed, or stands undoubled in a quoted cell.");
            }
            else if (cells.Length > columns.Length)
            {
                rows.Refuse(file, line, "", $"Has {cells.Length} cells, and the header {columns.Length}.");
            }
            else if (Array.Exists(cells, cell => cell.Length > 0))
            {
                rows.Add(file, new CsvRow(file, line, columns.Zip(cells).Where(pair => pair.Second.Length > 0).ToDictionary(pair => pair.First, pair => CsvText.Unguard(pair.Second), StringComparer.Ordinal)));
            }
        }
    }

    // Rows that a cell took in because its quotation mark is missing would be lost without a word.
    private static bool IsBroken(string record, string delimiter) =>
        (record.StartsWith('"') || record.Contains(delimiter + '"', StringComparison.Ordinal)) && record.Count(character => character == '"') % 2 != 0;

    private sealed class Rows
    {
        private readonly HashSet<string> begun = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CsvPartnership> known = new(StringComparer.Ordinal);

        public List<RawLine> Refused { get; } = [];

        public List<CsvPartnership> Partnerships { get; } = [];

        public bool Begin(string file) => begun.Add(file);

        public void Refuse(string file, long line, string column, string reason) =>
            Refused.Add(new RawLine(file, line, default, [new ImportFault(file, line, column, reason)]));

        public void Add(string file, CsvRow row)
        {
            if (row.Partnership is not { } name)
            {
                Refused.Add(row.Refuse(CsvTemplate.Partnership, "Is required."));
                return;
            }

            if (!known.TryGetValue(name, out var partnership))
            {
                known.Add(name, partnership = new CsvPartnership());
                Partnerships.Add(partnership);
            }

            partnership.Add(row, isNote: file == CsvTemplate.Notes);
        }
    }
}
