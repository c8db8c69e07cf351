using Microsoft.AspNetCore.Antiforgery;

namespace PartnerLedger.Api.Pages;

/// <summary>
/// A form that its page does not have any more, or that was opened in another session, is answered by the framework with a word for developers, or with
/// nothing. Here it is told for what it is, in a page.
/// </summary>
internal sealed class StaleForms(RequestDelegate next)
{
    private static readonly ApiProblem Stale = new(
        StatusCodes.Status400BadRequest, "This form could not be taken",
        "Its page does not have it any more, or it was opened in another session, or under other roles. Nothing was stored. Go back to find what you wrote, open the page anew, and send it again.",
        ApiProblem.By(null), null, [], null);

    /// <summary>For after the token against forgery was looked at: no endpoint gets to read a form whose token is not good.</summary>
    public static Task RefuseForged(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    public Task InvokeAsync(HttpContext context) => HttpMethods.IsPost(context.Request.Method) && PageMetadata.IsPage(context) ? Check(context) : next(context);

    private async Task Check(HttpContext context)
    {
        var body = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        var told = answer.GetBuffer().AsSpan(0, (int)answer.Length).TrimStart(" \r\n\t"u8);
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest } refused && !told.StartsWith("<"u8))
        {
            // Where the page itself failed before it had the form, that is why.
            var problem = context.Items[typeof(ApiProblem)] as ApiProblem ?? Stale;
            context.Items[typeof(ApiProblem)] = problem;
            refused.StatusCode = problem.Status;
            refused.ContentType = null;
            refused.ContentLength = null;
            return;
        }

        answer.Position = 0;
        await answer.CopyToAsync(body, context.RequestAborted);
    }
}
