using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Operations;

/// <summary>Lets a client read its own writes: a GET with minPosition is answered once the read models have come that far.</summary>
internal sealed class MinPosition(ReadModels models) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return !http.Request.Query.TryGetValue(QueryRules.MinPosition, out var asked)
            || await models.WaitFor(long.Parse(asked.ToString()), http.RequestAborted)
                ? await next(context)
                : new Problem(Problems.NotYetVisible);
    }
}
