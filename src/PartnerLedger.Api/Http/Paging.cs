using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace PartnerLedger.Api.Http;

/// <summary>
/// Which page of a list is asked for. Take it as [AsParameters], and write such types with properties as here: the generator of the API's
/// description fails on those with a constructor.
/// </summary>
internal sealed record Paging
{
    // The longest name, of 200 characters that take four bytes each, with an id before it comes to 1,115.
    private const int LongestCursor = 2_048;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [FromQuery(Name = "limit"), Range(1, 500)]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    public int Count => Limit ?? 50;

    /// <summary>Where the page begins, as <see cref="Next"/> wrote it; false where the cursor is not one of ours.</summary>
    public bool TryResume(out string? after)
    {
        after = null;
        if (Cursor is null)
        {
            return true;
        }

        if (Cursor.Length is 0 or > LongestCursor || !Base64Url.IsValid(Cursor))
        {
            return false;
        }

        try
        {
            after = Strict.GetString(Base64Url.DecodeFromChars(Cursor));
            return !after.Contains('\0');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Says in the header Link (RFC 8288) where the next page begins: same question, other cursor.</summary>
    public static void Next(HttpContext context, string after)
    {
        var query = context.Request.Query
            .Where(parameter => parameter.Key != "cursor")
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value))
            .Append(KeyValuePair.Create("cursor", (string?)Base64Url.EncodeToString(Encoding.UTF8.GetBytes(after))));
        var path = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        context.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(path, query)}>; rel=\"next\"";
    }

    public static Problem BadCursor() => Problems.Invalid("cursor", "Is not a cursor that this list gave.");
}
