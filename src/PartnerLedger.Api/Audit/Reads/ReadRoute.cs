using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>A route whose reads are noted, as the API's description writes it.</summary>
internal sealed record ReadRoute(string Route)
{
    /// <summary>Every GET of the group is a read.</summary>
    public static void Add(EndpointBuilder builder)
    {
        if (builder is RouteEndpointBuilder route && builder.Metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods.Contains(HttpMethods.Get)))
        {
            builder.Metadata.Add(new ReadRoute(Write(route.RoutePattern)));
        }
    }

    private static string Write(RoutePattern pattern) => string.Concat(pattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        _ => throw new NotSupportedException($"A part of kind {part.PartKind} in a route."),
    }))));
}
