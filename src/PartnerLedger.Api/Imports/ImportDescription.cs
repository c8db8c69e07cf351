using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PartnerLedger.Api.Commands;

namespace PartnerLedger.Api.Imports;

/// <summary>What the generator of the API's description cannot tell of a body that is read as it comes.</summary>
internal static class ImportDescription
{
    private const string Example = """
        {"partnership":"p-001","command":"open","body":{"name":"Care at home","partners":[{"sector":"nonprofit"}],"occurredOn":"2022-03"}}
        {"partnership":"p-001","command":"factors","body":{"factor":"N-TRUST","occurredOn":"2022-09"}}

        """;

    public static RouteHandlerBuilder DescribeFile(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [NdjsonLines.MediaType] = new() { Schema = Text(), Example = JsonValue.Create(Example) },
                [CsvFiles.MediaType] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                        {
                            [CsvTemplate.Partnerships] = Text(),
                            [CsvTemplate.Notes] = Text(),
                        },
                    },
                },
            },
        };
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = "Idempotency-Key",
            In = ParameterLocation.Header,
            Description = "Repeats with the same key and file get the first import, and record nothing.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = CommandHeaders.LongestKey, Pattern = "^[!-~]+$" },
        });
        return Task.CompletedTask;
    });

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
