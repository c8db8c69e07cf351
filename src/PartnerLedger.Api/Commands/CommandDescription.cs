using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Commands;

/// <summary>What all commands have in common for those who read the API's description.</summary>
internal static class CommandDescription
{
    public static RouteHandlerBuilder DescribeCommand<TAnswer>(this RouteHandlerBuilder endpoint, string summary, string tag, int status, string example) => endpoint
        .WithTags(tag)
        .WithSummary(summary)
        .Produces<TAnswer>(status)
        .WithMetadata(new CommandMetadata(), new ExampleMetadata(example))
        .MayRefuse(Problems.Conflict, Problems.PreconditionFailed, Problems.TooLarge, Problems.UnsupportedMediaType, Problems.KeyReused, Problems.Busy, Problems.OlderThanNote);
}

/// <summary>That an endpoint takes If-Match and Idempotency-Key, and answers an ETag.</summary>
internal sealed record CommandMetadata;
