using Microsoft.AspNetCore.Components.Endpoints;

namespace PartnerLedger.Api.Pages;

/// <summary>Marks a route that is for whoever looks at pages, beside the pages themselves.</summary>
internal sealed class PageMetadata
{
    /// <summary>Whether a request is for a page; what leads nowhere is one outside of the API.</summary>
    public static bool IsPage(HttpContext context) => context.GetEndpoint() is { Metadata: var known }
        ? known.GetMetadata<ComponentTypeMetadata>() is not null || known.GetMetadata<PageMetadata>() is not null
        : !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}
