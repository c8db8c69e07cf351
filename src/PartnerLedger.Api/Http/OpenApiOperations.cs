using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PartnerLedger.Api.Http;

/// <summary>Adds to each operation's description what holds for all: who may, what a body looks like, which problems there are.</summary>
internal static class OpenApiOperations
{
    public const string Bearer = "bearer";

    public static OpenApiSchema ProblemSchema { get; } = new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why the request was refused (RFC 9457). Some types have members of their own.",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "instance", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("A stable URI under /problems/, which explains the problem."),
            ["title"] = Text(null),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text(null),
            ["instance"] = Text("The path that was asked for."),
            ["traceId"] = Text("The trace under which the log knows the request."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With 400: JSON pointers into the body, or names of query parameters and headers, with what is wrong there.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(null) },
            },
        },
    };

    public static async Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var isRead = context.Description.HttpMethod == HttpMethods.Get;
        if (metadata.OfType<BodyMetadata>().FirstOrDefault() is { } body)
        {
            operation.RequestBody = await RequestBody(body.Type, metadata.OfType<ExampleMetadata>().FirstOrDefault(), document, context, cancellation);
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query) ?? [])
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            if (metadata.OfType<QueryRules>().FirstOrDefault()?.WordsOf(parameter.Name) is { } known)
            {
                var word = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. known.Words.Select(word => JsonValue.Create(word))] };
                parameter.Schema = known.IsMany ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = word } : word;
            }
        }

        foreach (var refused in operation.Parameters?.Where(parameter => metadata.OfType<RefusedParameters>().Any(those => those.Names.Contains(parameter.Name, StringComparer.Ordinal))).ToList() ?? [])
        {
            operation.Parameters!.Remove(refused);
        }

        if (isRead && metadata.OfType<QueryRules>().Any())
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = QueryRules.MinPosition,
                In = ParameterLocation.Query,
                Description = "Answer once the read models have reached this position of the ledger, or 503.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" },
            });
            Refuse(operation, document, Problems.NotYetVisible);
        }

        Refuse(operation, document, Problems.InvalidRequest);
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            Refuse(operation, document, Problems.Unauthenticated);
            Refuse(operation, document, Problems.Forbidden);
            if (metadata.OfType<AuthorizeAttribute>().Select(access => access.Roles).FirstOrDefault(roles => roles is not null) is { } roles)
            {
                operation.Description = $"{operation.Description} For: {roles.Replace(",", ", ", StringComparison.Ordinal)}.".TrimStart();
            }
        }

        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
        {
            Refuse(operation, document, Problems.NotFound);
        }

        foreach (var type in metadata.OfType<ProblemMetadata>().SelectMany(declared => declared.Types))
        {
            Refuse(operation, document, type);
        }
    }

    private static async Task<OpenApiRequestBody> RequestBody(
        Type type, ExampleMetadata? example, OpenApiDocument document, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var name = (type.DeclaringType?.Name ?? "") + type.Name;
        var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation);
        document.AddComponent(name, schema);
        return new OpenApiRequestBody
        {
            Required = schema.Required?.Count > 0,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new() { Schema = new OpenApiSchemaReference(name, document), Example = example is null ? null : JsonNode.Parse(example.Json) },
            },
        };
    }

    private static void Refuse(OpenApiOperation operation, OpenApiDocument document, ProblemType type) =>
        (operation.Responses ??= []).TryAdd(type.Status.ToString(), new OpenApiResponse
        {
            Description = type.Title,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problem.ContentType] = new() { Schema = new OpenApiSchemaReference("Problem", document) },
            },
        });

    private static OpenApiSchema Text(string? description) => new() { Type = JsonSchemaType.String, Description = description };
}

/// <summary>A request body that shows what an endpoint takes.</summary>
internal sealed record ExampleMetadata(string Json);
