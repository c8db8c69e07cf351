using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace PartnerLedger.Api.Http;

/// <summary>Where a request belongs: the trace it is part of (32 hex digits), and the caller's span that caused it (16), if it named one.</summary>
internal sealed record RequestTrace(string CorrelationId, string? CausationId)
{
    public static RequestTrace From(HttpContext context)
    {
        if (context.Features.Get<RequestTrace>() is { } known)
        {
            return known;
        }

        var trace = Read(context);
        context.Features.Set(trace);
        return trace;
    }

    private static RequestTrace Read(HttpContext context)
    {
        if (ActivityContext.TryParse(context.Request.Headers.TraceParent, null, out var caller))
        {
            return new RequestTrace(caller.TraceId.ToHexString(), caller.SpanId.ToHexString());
        }

        var activity = context.Features.Get<IHttpActivityFeature>()?.Activity;
        var own = activity is { IdFormat: ActivityIdFormat.W3C } ? activity.TraceId : ActivityTraceId.CreateRandom();
        return new RequestTrace(own.ToHexString(), CausationId: null);
    }
}
