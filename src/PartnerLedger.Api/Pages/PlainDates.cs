using Microsoft.AspNetCore.Http.Extensions;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Pages;

/// <summary>
/// Whoever asks a page for what was known as of a day, a month or a year is sent on to its first moment (UTC), so that the address says which
/// moment is shown, also to whom it is sent.
/// </summary>
internal sealed class PlainDates(RequestDelegate next)
{
    private const string Parameter = "asOf";

    public Task InvokeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!HttpMethods.IsGet(context.Request.Method) || query[Parameter] is not [{ } text] || !PartialDate.TryParse(text.Trim(), out var date) || !PageMetadata.IsPage(context))
        {
            return next(context);
        }

        var sentOn = new QueryBuilder();
        foreach (var (name, values) in query)
        {
            foreach (var value in values)
            {
                sentOn.Add(name, string.Equals(name, Parameter, StringComparison.OrdinalIgnoreCase) ? $"{date.First:yyyy-MM-dd}T00:00:00Z" : value ?? "");
            }
        }

        // Without a path: whatever the path is, nobody is sent elsewhere.
        context.Response.Redirect(sentOn.ToString());
        return Task.CompletedTask;
    }
}
