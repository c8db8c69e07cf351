using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PartnerLedger.Api.Commands;

/// <summary>A precondition on a version: any that exists, or one of these.</summary>
internal sealed class IfMatch
{
    private readonly IList<EntityTagHeaderValue> tags;

    private IfMatch(IList<EntityTagHeaderValue> tags) => this.tags = tags;

    public static bool TryParse(StringValues header, out IfMatch? match)
    {
        var isList = EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags) && tags.Count > 0;
        match = isList && (tags!.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any)) ? new(tags) : null;
        return match is not null;
    }

    /// <summary>Version 0 is what does not exist; weak tags never match (RFC 9110, 13.1.1).</summary>
    public bool Allows(long version) =>
        version > 0 && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag == ETag.Of(version)));
}

/// <summary>A version as a strong entity tag.</summary>
internal static class ETag
{
    public static string Of(long version) => $"\"{version}\"";

    /// <summary>Tells the client which version it gets, and whether it has that already (If-None-Match), so that 304 is answer enough.</summary>
    public static bool IsKnown(HttpContext http, long version)
    {
        http.Response.Headers.ETag = Of(version);
        http.Response.Headers.CacheControl = "no-cache";
        return http.Request.Headers.IfNoneMatch.Count > 0
            && EntityTagHeaderValue.TryParseList([.. http.Request.Headers.IfNoneMatch.OfType<string>()], out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == Of(version));
    }
}
