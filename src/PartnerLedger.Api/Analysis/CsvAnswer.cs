using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Analysis;

/// <summary>Rows as CSV (RFC 4180), for whoever asked for that form. What is not shown is empty.</summary>
internal sealed class CsvAnswer(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) : IResult, IContentTypeHttpResult
{
    public const string MediaType = "text/csv";

    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        // A text that a spreadsheet would take for a formula is preceded by an apostrophe, by which it shows it as the text it is.
        InjectionOptions = InjectionOptions.Escape,
    };

    public string ContentType => $"{MediaType}; charset=utf-8; header=present";

    public static bool IsAskedFor(HttpContext http) => Negotiation.Choose(http) == MediaType;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        await using (var csv = new CsvWriter(text, Rfc4180, leaveOpen: true))
        {
            Write(csv, columns);
            foreach (var row in rows)
            {
                Write(csv, row);
            }
        }

        httpContext.Response.ContentType = ContentType;
        await httpContext.Response.WriteAsync(text.ToString(), httpContext.RequestAborted);
    }

    private static void Write(CsvWriter csv, IEnumerable<object?> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field switch
            {
                null => null,
                bool flag => flag ? "true" : "false",
                double number => number.ToString("R", CultureInfo.InvariantCulture),
                _ => Convert.ToString(field, CultureInfo.InvariantCulture),
            });
        }

        csv.NextRecord();
    }
}
