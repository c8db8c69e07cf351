using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PartnerLedger.Api.Commands;

namespace PartnerLedger.Api.Http;

/// <summary>Describes the headers by which clients command and read safely: versions, keys, positions.</summary>
internal static class OpenApiHeaders
{
    private const string ETag = "ETag";

    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<CommandMetadata>().Any())
        {
            DescribeCommand(operation);
        }

        if (operation.Responses?.ContainsKey("304") == true)
        {
            Take(operation, "If-None-Match", "Entity tags that the client has: 304 if one of them is current.", new OpenApiSchema { Type = JsonSchemaType.String });
            Answer(operation, ETag, "The version, as a strong entity tag.");
        }

        if (metadata.OfType<ReadModelMetadata>().Any())
        {
            Answer(operation, "Ledger-Position", "Up to which position of the ledger the answer goes.");
        }

        if (operation.Parameters?.Any(parameter => parameter.Name == "cursor") == true)
        {
            Answer(operation, "Link", "Where the next page begins: rel=\"next\" (RFC 8288); absent on the last.");
        }

        return Task.CompletedTask;
    }

    private static void DescribeCommand(OpenApiOperation operation)
    {
        Take(operation, "If-Match", "The versions on which the command may be decided, as entity tags, or *: what exists. Otherwise 412.", new OpenApiSchema { Type = JsonSchemaType.String });
        Take(operation, "Idempotency-Key", "Repeats with the same key and request get the first answer, and record nothing.",
            new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = CommandHeaders.LongestKey, Pattern = "^[!-~]+$" });
        Answer(operation, ETag, "The version after the command, as a strong entity tag.");
        Answer(operation, "Idempotency-Replayed", "true where the answer is that of an earlier request with the same key.");
        if (operation.Responses?.ContainsKey("201") == true)
        {
            Answer(operation, "Location", "The path of what was made.");
        }
    }

    private static void Take(OpenApiOperation operation, string name, string description, OpenApiSchema schema) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = schema });

    private static void Answer(OpenApiOperation operation, string name, string description)
    {
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (status is "200" or "201" && answer is OpenApiResponse response)
            {
                (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[name] =
                    new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }
        }
    }
}

/// <summary>That an endpoint answers from read models, and says up to which position.</summary>
internal sealed record ReadModelMetadata;
