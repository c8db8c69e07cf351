using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Http;

/// <summary>The service's description of itself (OpenAPI 3.1), and the page that shows it.</summary>
internal static class ApiDescription
{
    public static IServiceCollection AddDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        // Many endpoints call their request and answer Request and Response; each is known by the endpoint that it belongs to.
        options.CreateSchemaReferenceId = member => !OpenApiSchemas.HasName(member.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(member) is { } name
            ? (member.Type.DeclaringType?.Name ?? "") + name
            : null;
        options.AddDocumentTransformer(DescribeService);
        options.AddOperationTransformer(OpenApiOperations.Describe);
        options.AddOperationTransformer(OpenApiHeaders.Describe);
        options.AddSchemaTransformer(OpenApiSchemas.Describe);
    });

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").Open();

    /// <summary>A branch, since the page's programs would otherwise look at every request.</summary>
    public static IApplicationBuilder UseDocs(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase),
        docs => docs.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "PartnerLedger API";
            page.SwaggerEndpoint("/openapi/v1.json", "PartnerLedger");
        }));

    // What a query's words are made of leaves a schema behind that nobody refers to.
    private static void RemoveWhatSaysNothing(OpenApiDocument document)
    {
        var empty = document.Components?.Schemas?.Where(schema => schema.Value is { Type: null, Properties: null, Enum: null, AnyOf: null, OneOf: null }).Select(schema => schema.Key).ToList();
        empty?.ForEach(name => document.Components!.Schemas!.Remove(name));
    }

    // Routes of one endpoint are told apart by their last word.
    private static void NameApart(OpenApiDocument document)
    {
        var operations = document.Paths.SelectMany(path => path.Value.Operations ?? [], (path, operation) => (Path: path.Key, operation.Value));
        foreach (var alike in operations.Where(operation => operation.Value.OperationId is not null).GroupBy(operation => operation.Value.OperationId).Where(alike => alike.Count() > 1).ToList())
        {
            foreach (var (path, operation) in alike)
            {
                var word = path.Split('/').Last(part => !part.StartsWith('{'));
                operation.OperationId = $"{alike.Key}{char.ToUpperInvariant(word[0])}{word[1..]}";
            }
        }
    }

    // Only what is sent is read strictly: an answer may gain members.
    private static void OpenAnswers(OpenApiDocument document)
    {
        var sent = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<IOpenApiSchema>(ReferenceEqualityComparer.Instance);
        foreach (var body in document.Paths.Values.SelectMany(path => path.Operations ?? []).SelectMany(operation => operation.Value.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)))
        {
            Gather(body.Value.Schema);
        }

        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            if (!sent.Contains(name) && schema is OpenApiSchema answer)
            {
                answer.AdditionalPropertiesAllowed = true;
            }
        }

        void Gather(IOpenApiSchema? schema)
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            {
                schema = sent.Add(id) && document.Components?.Schemas?.TryGetValue(id, out var named) == true ? named : null;
            }

            if (schema is null || !seen.Add(schema))
            {
                return;
            }

            foreach (var part in new[] { schema.Items }.Concat(schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Concat(schema.AnyOf ?? []))
            {
                Gather(part);
            }
        }
    }

    private static Task DescribeService(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "PartnerLedger",
            Version = "1",
            Description = "A ledger of partnerships and of the factors noted with them. Errors are RFC 9457 problems; /problems explains each.",
        };
        document.Servers = [];
        NameApart(document);
        OpenAnswers(document);
        RemoveWhatSaysNothing(document);
        document.AddComponent("Problem", OpenApiOperations.ProblemSchema);
        document.AddComponent<IOpenApiSecurityScheme>(OpenApiOperations.Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = $"Roles: {string.Join(", ", Enum.GetValues<Role>().Select(Access.Word))}.",
        });
        return Task.CompletedTask;
    }
}
