using System.Reflection;
using System.Runtime.CompilerServices;
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
            ["state"] = Text("With 409, where a partnership's state is why: that state."),
            ["allowed"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(null), Description = "Beside state: the states that may follow." },
            ["conflictsWith"] = Number("With 409, where later events depend on what would change: the version of the first."),
            ["version"] = Number("With 412: the version that is current."),
            ["furtherErrors"] = Number("With 400: how many more things are wrong than errors has room for."),
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
            parameter.Required = metadata.OfType<RequiredParameters>().Any(those => those.Names.Contains(parameter.Name, StringComparer.Ordinal));
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

        operation.OperationId = metadata.OfType<MethodInfo>().Select(NameOf).FirstOrDefault();
        SayTexts(operation);
        if (metadata.OfType<Negotiation>().Any())
        {
            Refuse(operation, document, Problems.NotAcceptable);
        }

        Refuse(operation, document, Problems.InvalidRequest);
        Refuse(operation, document, Problems.TooManyRequests);
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

    // By the class, within which the compiler makes one for a handler that captures something.
    private static string NameOf(MethodInfo handler)
    {
        var type = handler.DeclaringType!;
        return JsonNamingPolicy.CamelCase.ConvertName((type.IsDefined(typeof(CompilerGeneratedAttribute)) ? type.DeclaringType! : type).Name);
    }

    // Of an answer that can take several forms the generator knows only that of JSON.
    private static void SayTexts(OpenApiOperation operation)
    {
        foreach (var (form, content) in operation.Responses?.Values.SelectMany(response => response.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)) ?? [])
        {
            if (form == "application/cloudevents-batch+json")
            {
                content.Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Object } };
            }
            else if (!form.EndsWith("json", StringComparison.Ordinal) || form.EndsWith("ndjson", StringComparison.Ordinal))
            {
                content.Schema = Text(null);
            }
        }
    }

    private static OpenApiSchema Number(string description) => new() { Type = JsonSchemaType.Integer, Description = description };

    private static OpenApiSchema Text(string? description) => new() { Type = JsonSchemaType.String, Description = description };
}

/// <summary>A request body that shows what an endpoint takes.</summary>
internal sealed record ExampleMetadata(string Json);
