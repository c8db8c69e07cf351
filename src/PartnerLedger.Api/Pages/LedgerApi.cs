using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Pages;

/// <summary>
/// Asks the API on behalf of whoever looks at a page, without leaving the process: roles, rules, disclosure and the record of reads
/// hold for pages because there is no other way to the data.
/// </summary>
internal sealed class LedgerApi(ApiPipeline pipeline, IServiceScopeFactory scopes)
{
    public Task<ApiAnswer<T>> Get<T>(HttpContext page, string pathAndQuery)
        where T : class => Send<T>(page, HttpMethods.Get, pathAndQuery, new HeaderDictionary(), Stream.Null);

    /// <summary>Asks for what is answered as plain text.</summary>
    public Task<ApiAnswer<string>> GetText(HttpContext page, string pathAndQuery) =>
        Send(page, HttpMethods.Get, pathAndQuery, Wanting(MediaTypeNames.Text.Plain), Stream.Null, text => Encoding.UTF8.GetString(text.Span));

    /// <summary>Sends a body; with a key, the same request sent again is answered as the first time; with a version, it is refused once another holds.</summary>
    public Task<ApiAnswer<T>> Send<T>(HttpContext page, string method, string pathAndQuery, object? body, string? key = null, long? version = null)
        where T : class
    {
        var headers = Headers(MediaTypeNames.Application.Json, key);
        if (version is { } known)
        {
            headers.IfMatch = $"\"{known}\"";
        }

        return Send<T>(page, method, pathAndQuery, headers, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(body, Json.Options)));
    }

    /// <summary>Sends a file as it stands.</summary>
    public Task<ApiAnswer<T>> Upload<T>(HttpContext page, string pathAndQuery, string contentType, Stream file, string? key = null)
        where T : class => Send<T>(page, HttpMethods.Post, pathAndQuery, Headers(contentType, key), file);

    private Task<ApiAnswer<T>> Send<T>(HttpContext page, string method, string pathAndQuery, IHeaderDictionary headers, Stream body)
        where T : class => Send(page, method, pathAndQuery, headers, body, json => json.IsEmpty ? null : JsonSerializer.Deserialize<T>(json.Span, Json.Options));

    private async Task<ApiAnswer<T>> Send<T>(
        HttpContext page, string method, string pathAndQuery, IHeaderDictionary headers, Stream body, Func<ReadOnlyMemory<byte>, T?> read)
        where T : class
    {
        await using var scope = scopes.CreateAsyncScope();
        using var answer = new MemoryStream();
        var context = Inner(page, method, pathAndQuery, headers, body, answer);
        context.RequestServices = scope.ServiceProvider;
        context.User = page.User;
        context.RequestAborted = page.RequestAborted;
        await pipeline.Way(context);
        await context.Response.CompleteAsync();

        // Whoever has gone is answered nothing, not even a problem.
        page.RequestAborted.ThrowIfCancellationRequested();
        var status = context.Response.StatusCode;
        var bytes = answer.GetBuffer().AsMemory(0, (int)answer.Length);
        return status is >= 200 and < 300
            ? new(read(bytes), null, Next(context.Response.Headers.Link), context.Response.Headers.ContainsKey("Idempotency-Replayed"))
            : new(null, ApiProblem.Read(status, bytes), null);
    }

    private static IHeaderDictionary Wanting(string contentType) => new HeaderDictionary { [HeaderNames.Accept] = contentType };

    private static IHeaderDictionary Headers(string contentType, string? key)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        headers.ContentType = contentType;
        if (key is not null)
        {
            headers["Idempotency-Key"] = key;
        }

        return headers;
    }

    private static DefaultHttpContext Inner(
        HttpContext page, string method, string pathAndQuery, IHeaderDictionary headers, Stream body, Stream answer)
    {
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? at : pathAndQuery.Length;
        if (headers.Accept.Count == 0)
        {
            headers.Accept = MediaTypeNames.Application.Json;
        }

        headers.ContentLength ??= body.CanSeek ? body.Length : null;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = page.Request.Protocol,
            Scheme = page.Request.Scheme,
            Method = method,
            Path = Uri.UnescapeDataString(pathAndQuery[..query]),
            QueryString = pathAndQuery[query..],
            Headers = headers,
            Body = body,
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set(page.Features.Get<IHttpConnectionFeature>());
        return new DefaultHttpContext(features) { Request = { Host = page.Request.Host } };
    }

    private static string? Next(string? link)
    {
        if (link is null || !link.EndsWith("rel=\"next\"", StringComparison.Ordinal))
        {
            return null;
        }

        var target = link[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)];
        return QueryHelpers.ParseQuery(target[target.IndexOf('?', StringComparison.Ordinal)..]).GetValueOrDefault("cursor");
    }
}
