using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Imports;

namespace PartnerLedger.Api.Analysis;

/// <summary>Rows as CSV (RFC 4180) or as JSON objects, one a line, for whoever asked for such a form. What is not shown is empty, or null.</summary>
internal sealed class CsvAnswer(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) : IResult, IContentTypeHttpResult
{
    public const string MediaType = "text/csv";

    /// <summary>The same rows, an object a line, with the columns for its members.</summary>
    public const string Lines = "application/x-ndjson";

    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };

    public string ContentType => $"{MediaType}; charset=utf-8; header=present";

    public static bool IsAskedFor(HttpContext http) => Negotiation.Choose(http) is MediaType or Lines;

    public Task ExecuteAsync(HttpContext httpContext) => Negotiation.Choose(httpContext) == Lines ? WriteLines(httpContext) : WriteTable(httpContext);

    private async Task WriteLines(HttpContext httpContext)
    {
        httpContext.Response.ContentType = Lines;
        var text = new StringBuilder();
        var written = 0;
        foreach (var row in rows)
        {
            written++;
            var line = new Dictionary<string, object?>(columns.Count, StringComparer.Ordinal);
            for (var i = 0; i < columns.Count; i++)
            {
                line[columns[i]] = row[i];
            }

            text.Append(JsonSerializer.Serialize(line, Json.Options)).Append('\n');
        }

        httpContext.CountRows(written);
        await httpContext.Response.WriteAsync(text.ToString(), httpContext.RequestAborted);
    }

    private async Task WriteTable(HttpContext httpContext)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        await using (var csv = new CsvWriter(text, Rfc4180, leaveOpen: true))
        {
            Write(csv, columns);
            var written = 0;
            foreach (var row in rows)
            {
                Write(csv, row);
                written++;
            }

            httpContext.CountRows(written);
        }

        httpContext.Response.ContentType = ContentType;
        await httpContext.Response.WriteAsync(text.ToString(), httpContext.RequestAborted);
    }

    private static void Write(CsvWriter csv, IEnumerable<object?> fields)
    {
        foreach (var field in fields)
        {
            // A text is guarded from being taken for a formula; a number is a number.
            csv.WriteField(field switch
            {
                string word => CsvText.Guard(word),
                bool flag => flag ? "true" : "false",
                double number => number.ToString("R", CultureInfo.InvariantCulture),
                _ => Convert.ToString(field, CultureInfo.InvariantCulture),
            });
        }

        csv.NextRecord();
    }
}
