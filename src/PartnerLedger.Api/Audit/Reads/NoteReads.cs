using Microsoft.AspNetCore.Diagnostics;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>Notes each read of somebody signed in, answered or refused, without making it wait; a stream of events when it begins, and again when it ends.</summary>
internal sealed class NoteReads(RequestDelegate next, ReadQueue queue, People people, TimeProvider clock)
{
    private const string EventStream = "text/event-stream";

    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Select(role => role.Word())];

    public Task InvokeAsync(HttpContext context) => HttpMethods.IsGet(context.Request.Method) ? Follow(context) : next(context);

    // Around everything else: only then is the answer's status known for certain.
    private async Task Follow(HttpContext context)
    {
        var at = clock.GetUtcNow();
        var isStream = false;
        context.Response.OnStarting(() =>
        {
            isStream = context.Response.ContentType?.StartsWith(EventStream, StringComparison.Ordinal) is true;
            if (isStream)
            {
                Note(context, at, until: null);
            }

            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            Note(context, at, isStream ? clock.GetUtcNow() : null);
        }
    }

    private void Note(HttpContext context, DateTimeOffset at, DateTimeOffset? until)
    {
        if (RouteOf(context) is { } read && context.User.Identity is { IsAuthenticated: true })
        {
            queue.Add(Of(context, read, at, until));
        }
    }

    // A fault takes the endpoint from the request, and remembers it.
    private static ReadRoute? RouteOf(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint)?.Metadata.GetMetadata<ReadRoute>();

    private Read Of(HttpContext context, ReadRoute read, DateTimeOffset at, DateTimeOffset? until)
    {
        var caller = Caller.From(context);
        var person = people.Known(caller.Issuer, caller.Subject);
        var status = context.Response.StatusCode;
        return new Read
        {
            Id = Guid.CreateVersion7(at),
            At = at.UtcDateTime,
            Until = until?.UtcDateTime,
            Person = person,
            Caller = person is null ? caller : null,
            Roles = string.Join(',', Roles.Where(context.User.IsInRole)),
            Route = read.Route,
            Path = (context.Request.PathBase + context.Request.Path).ToUriComponent(),
            Query = context.Request.QueryString.Value is { Length: > 1 } query ? query[1..] : null,
            Status = status,
            Rows = status is >= 200 and < 300 ? context.Features.Get<AnsweredRows>()?.Count : null,
        };
    }
}
