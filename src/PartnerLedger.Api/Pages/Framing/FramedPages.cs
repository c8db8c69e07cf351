namespace PartnerLedger.Api.Pages.Framing;

/// <summary>Lets pages that may take their time send what frames them first.</summary>
internal sealed class FramedPages(RequestDelegate next, ILoggerFactory loggers)
{
    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<FramedAttribute>() is not null ? Frame(context) : next(context);

    private async Task Frame(HttpContext context)
    {
        var body = context.Response.Body;
        var rest = new RestOfPage(body);
        context.Features.Set(new PageFrame(context, rest, loggers));
        context.Response.Body = rest;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        rest.CheckWhole();
    }
}
