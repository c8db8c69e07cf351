using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Http;

/// <summary>The bytes of a body, in canonical form or with the faults for which they are no JSON that the ledger takes.</summary>
internal readonly record struct BodyBytes(ReadOnlyMemory<byte> Canonical, IReadOnlyList<JsonFault>? Faults)
{
    public const int Largest = 1024 * 1024;

    public bool IsEmpty => Canonical.IsEmpty && Faults is null;

    public static async ValueTask<(BodyBytes Bytes, Problem? Refusal)> Read(HttpContext context)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || request.ContentLength == 0)
        {
            return (default, null);
        }

        if (request.ContentLength > Largest)
        {
            return (default, new Problem(Problems.TooLarge));
        }

        if (!IsJson(request.ContentType) || request.Headers.ContentEncoding.Count > 0)
        {
            return (default, new Problem(Problems.UnsupportedMediaType));
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > Largest)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, new Problem(Problems.TooLarge));
            }

            if (read.IsCompleted)
            {
                var bytes = Canonicalize(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return (bytes, null);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static BodyBytes Canonicalize(ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty)
        {
            return default;
        }

        var parsed = CanonicalJson.Parse(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        return new BodyBytes(parsed.Utf8, parsed.IsValid ? null : parsed.Faults);
    }

    /// <summary>The exact spelling that nearly every client sends costs nothing to recognise.</summary>
    private static bool IsJson(string? contentType) =>
        contentType == "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)));
}
