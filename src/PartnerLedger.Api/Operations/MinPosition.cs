using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Operations;

/// <summary>Lets a client read its own writes: a GET with minPosition is answered once the read models have come that far.</summary>
internal sealed class MinPosition(ReadModels models) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query.TryGetValue(QueryRules.MinPosition, out var asked) ? Wait(long.Parse(asked.ToString()), context, next) : next(context);

    private async ValueTask<object?> Wait(long position, EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await models.WaitFor(position, context.HttpContext.RequestAborted) ? await next(context) : new Problem(Problems.NotYetVisible);
}
