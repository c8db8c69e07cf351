using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PartnerLedger.Api.Http;

/// <summary>Which media types an endpoint can answer with, the preferred one first; told from what it declares to produce.</summary>
internal sealed class Negotiation
{
    private const string Json = "application/json";

    private readonly MediaTypeHeaderValue[] offers;

    private Negotiation(IEnumerable<string> types) => offers = [.. types.Select(type => MediaTypeHeaderValue.Parse(type))];

    public static void Add(EndpointBuilder builder)
    {
        var declared = builder.Metadata.OfType<IProducesResponseTypeMetadata>()
            .Where(answer => answer.StatusCode is >= 200 and < 300)
            .SelectMany(answer => answer.ContentTypes)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        builder.Metadata.Add(new Negotiation(declared.Length > 0 ? declared : [Json]));
    }

    /// <summary>The media type to answer with, or null where nothing that is asked for can be produced.</summary>
    public static string? Choose(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Negotiation>() is { } negotiation ? negotiation.Choose(context.Request.Headers.Accept) : Json;

    public string? Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || accept is ["*/*"])
        {
            return offers[0].MediaType.Value;
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var asked))
        {
            return offers[0].MediaType.Value;
        }

        return offers
            .Select((offer, place) => (offer, place, quality: Quality(offer, asked)))
            .Where(candidate => candidate.quality > 0)
            .OrderByDescending(candidate => candidate.quality).ThenBy(candidate => candidate.place)
            .Select(candidate => candidate.offer.MediaType.Value)
            .FirstOrDefault();
    }

    /// <summary>The most specific range that matches decides (RFC 9110, 12.5.1).</summary>
    private static double Quality(MediaTypeHeaderValue offer, IList<MediaTypeHeaderValue> asked) => asked
        .Where(range => offer.MediaType.Equals(range.MediaType, StringComparison.OrdinalIgnoreCase) || range.MatchesAllTypes
            || (range.MatchesAllSubTypes && offer.Type.Equals(range.Type, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();
}
