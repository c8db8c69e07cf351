namespace PartnerLedger.Api.Http;

/// <summary>Answers a refused body before the handler is called.</summary>
internal static class BodyFilter
{
    public static EndpointFilterDelegate Create(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var at = Array.FindIndex(context.MethodInfo.GetParameters(), parameter => typeof(IBody).IsAssignableFrom(parameter.ParameterType));
        return at < 0
            ? next
            : invocation => invocation.Arguments[at] is IBody { Refusal: { } refusal } ? ValueTask.FromResult<object?>(refusal) : next(invocation);
    }
}
