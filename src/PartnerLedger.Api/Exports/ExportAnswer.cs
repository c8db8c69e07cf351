using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Imports;
using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Exports;

/// <summary>An export as it is streamed: rows as CSV, or objects a line as NDJSON, written as they are read.</summary>
internal sealed class ExportAnswer(long position, string file, IAsyncEnumerable<JsonObject>? lines, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyDictionary<string, string?>>? rows)
    : IResult
{
    private const int FlushEvery = 256;

    public static ExportAnswer Lines(long position, string file, IAsyncEnumerable<JsonObject> lines) => new(position, file + ".ndjson", lines, [], null);

    public static ExportAnswer Csv(long position, string file, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyDictionary<string, string?>> rows) =>
        new(position, file + ".csv", null, columns, rows);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = lines is null ? $"{CsvText.MediaType}; charset=utf-8; header=present" : NdjsonLines.MediaType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
        httpContext.AnswerAt(position);
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true);
        httpContext.CountRows(await (lines is null ? WriteRows(text) : WriteLines(text, lines)));
    }

    private static async Task<long> WriteLines(StreamWriter text, IAsyncEnumerable<JsonObject> lines)
    {
        var written = 0L;
        await foreach (var line in lines)
        {
            await text.WriteAsync(line.ToJsonString(Json.Options));
            await text.WriteAsync('\n');
            written++;
        }

        return written;
    }

    private async Task<long> WriteRows(StreamWriter text)
    {
        await using var csv = new CsvWriter(text, CsvText.Written, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteField(column);
        }

        await csv.NextRecordAsync();
        var written = 0L;
        await foreach (var row in rows!)
        {
            foreach (var column in columns)
            {
                csv.WriteField(CsvText.Guard(row.GetValueOrDefault(column)));
            }

            await csv.NextRecordAsync();
            if (++written % FlushEvery == 0)
            {
                await csv.FlushAsync();
            }
        }

        await csv.FlushAsync();
        return written;
    }
}
