using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PartnerLedger.Api.Imports;

/// <summary>A row of one of the two files, by the names of its columns; empty cells are left out.</summary>
internal sealed class CsvRow(string file, long line, IReadOnlyDictionary<string, string> cells)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What says which command the row is; all else is the command's body.
    private static readonly string[] Control = [CsvTemplate.Partnership, CsvTemplate.Version, CsvTemplate.Change, CsvTemplate.JoinedWith, CsvTemplate.After];

    public string? Partnership => cells.GetValueOrDefault(CsvTemplate.Partnership);

    public string? this[string column] => cells.GetValueOrDefault(column);

    /// <summary>A whole number, or null where the cell is empty or holds none.</summary>
    public long? Number(string column) =>
        long.TryParse(this[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The row as the command that it stands for.</summary>
    /// <param name="joinedWith">The version of the event with which the partner who leaves had joined.</param>
    public RawLine ToLine(long? joinedWith)
    {
        var command = file == CsvTemplate.Notes ? "factors" : this[CsvTemplate.Change] switch
        {
            CsvTemplate.Joined => "partners",
            CsvTemplate.Left => $"partners/{joinedWith ?? 0}/left",
            var change => change,
        };
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json, Plain);
        writer.WriteStartObject();
        WriteControl(writer, command);
        writer.WriteStartObject("body");
        if (command == "regions" && this["regions"] is null)
        {
            writer.WriteStartArray("regions");
            writer.WriteEndArray();
        }

        foreach (var (column, cell) in cells)
        {
            if (Array.IndexOf(Control, column) < 0 && !TryWrite(writer, column, cell))
            {
                return Refuse(column, "Each partner is sector|country|name, or less of it; partners are separated by semicolons.");
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return new RawLine(file, line, json.WrittenMemory);
    }

    public RawLine Refuse(string column, string reason) => new(file, line, default, [new ImportFault(file, line, column, reason)]);

    private void WriteControl(Utf8JsonWriter writer, string? command)
    {
        if (command is not null)
        {
            writer.WriteString("command", command);
        }

        if (Partnership is { } partnership)
        {
            writer.WriteString(CsvTemplate.Partnership, partnership);
        }

        if (this[CsvTemplate.Version] is { } version)
        {
            WriteNumber(writer, CsvTemplate.Version, version);
        }
    }

    private static bool TryWrite(Utf8JsonWriter writer, string column, string cell)
    {
        switch (column)
        {
            case "partners":
                writer.WritePropertyName(column);
                return CsvPartners.TryWrite(cell, writer);
            case "regions":
                writer.WriteStartArray(column);
                foreach (var region in cell.Split(';', StringSplitOptions.TrimEntries))
                {
                    writer.WriteStringValue(region);
                }

                writer.WriteEndArray();
                return true;
            case "sectorsComplete" when cell is "true" or "false":
                writer.WriteBoolean(column, cell is "true");
                return true;
            case "partner":
                WriteNumber(writer, column, cell);
                return true;
            default:
                writer.WriteString(column, cell);
                return true;
        }
    }

    // What is no number is told by whoever reads the command.
    private static void WriteNumber(Utf8JsonWriter writer, string member, string cell)
    {
        if (long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumber(member, number);
        }
        else
        {
            writer.WriteString(member, cell);
        }
    }
}
