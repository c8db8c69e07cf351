using System.Net.Http.Headers;
using PartnerLedger.Api.Analysis;

namespace PartnerLedger.Api.Pages;

/// <summary>A link cannot ask for a form, so /csv/… is what /api/… answers as CSV, to be saved.</summary>
internal sealed class CsvLinks(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/csv", StringComparison.Ordinal, out var rest))
        {
            context.Request.Path = "/api" + rest;
            context.Request.Headers.Accept = CsvAnswer.MediaType;
            var name = $"partnerledger-{rest.Value?.Split('/')[^1]}.csv";
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode == StatusCodes.Status200OK)
                {
                    context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
                }

                return Task.CompletedTask;
            });
        }

        return next(context);
    }
}
