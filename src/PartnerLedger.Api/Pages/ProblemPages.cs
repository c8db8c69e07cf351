using System.Text;
using System.Text.Encodings.Web;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Pages;

/// <summary>The pages to which the type of a problem leads: what it means, and what to do.</summary>
internal static class ProblemPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/problems", Index).Open().ExcludeFromDescription();
        routes.MapGet("/problems/{code}", Explain).Open().ExcludeFromDescription();
    }

    private static IResult Index()
    {
        var list = new StringBuilder("<ul>");
        foreach (var type in Problems.All)
        {
            list.Append($"<li><a href=\"{type.Uri}\">{Encode(type.Title)}</a> ({type.Status})</li>");
        }

        return Page("Problems", list.Append("</ul>").ToString());
    }

    private static IResult Explain(string code) => Problems.Find(code) is { } type
        ? Page(type.Title, $"<p>{Encode(type.Explanation)}</p><p>Code: <code>{type.Code}</code>, status: {type.Status}</p><p><a href=\"/problems\">All problems</a></p>")
        : Problems.NotFound.Because("There is no problem of this name.");

    private static IResult Page(string title, string body) => Results.Content(
        $$"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{Encode(title)}} – PartnerLedger</title>
        <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style></head>
        <body><main><h1>{{Encode(title)}}</h1>{{body}}</main></body>
        </html>
        """,
        "text/html; charset=utf-8");

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
