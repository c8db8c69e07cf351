using System.Text.Json;
using PartnerLedger.Api.Pages;

namespace PartnerLedger.Api.Http;

/// <summary>A refusal as it is answered (RFC 9457): its type, what was wrong this time, and members of its own.</summary>
internal sealed class Problem(ProblemType type, string? detail = null) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    private List<(string Name, object? Value)>? members;

    public ProblemType Type { get; } = type;

    public string Detail { get; } = detail ?? type.Explanation;

    public Errors? Errors { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Type.Status;

    public Problem With(string name, object? value)
    {
        (members ??= []).Add((name, value));
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Type.Status;
        if (ProblemDocument.IsFor(httpContext))
        {
            await ProblemDocument.Write(httpContext, this);
            return;
        }

        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (Type.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString();
        }

        var json = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        await using (json)
        {
            Write(json, httpContext);
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    private void Write(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        json.WriteString("type", Type.Uri);
        json.WriteString("title", Type.Title);
        json.WriteNumber("status", Type.Status);
        json.WriteString("detail", Detail);
        json.WriteString("instance", (context.Request.PathBase + context.Request.Path).ToUriComponent());
        json.WriteString("traceId", RequestTrace.From(context).CorrelationId);
        Errors?.Write(json);
        foreach (var (name, value) in members ?? [])
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, Json.Options);
        }

        json.WriteEndObject();
    }
}
