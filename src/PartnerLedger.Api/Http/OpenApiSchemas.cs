using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Http;

/// <summary>Describes what our converters write and read, of which the generator knows nothing: words, dates, members that may be null.</summary>
internal static class OpenApiSchemas
{
    public static async Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            var held = type.GenericTypeArguments[0];
            Take(schema, await context.GetOrCreateSchemaAsync(held, null, cancellation));
            Describe(schema, held);
            schema.Type |= JsonSchemaType.Null;
        }
        else
        {
            Describe(schema, type);
            // A parameter is left out where there is none; a member may be null.
            if (context.ParameterDescription is null && type == typeof(DateTime?))
            {
                schema.Type |= JsonSchemaType.Null;
            }

            Unbind(schema);
            // Of a list of words the generator knows no more than of the words. A nullable type has an element type, too.
            if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && Enumeration(element) is { } items)
            {
                schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = items };
            }
        }
    }

    /// <summary>Words and moments of a query stand where they are asked for, and what may be anything needs no name.</summary>
    public static bool HasName(Type type)
    {
        var held = Nullable.GetUnderlyingType(type) ?? type;
        return held != typeof(JsonNode) && held != typeof(Moment) && !(held.IsGenericType && held.GetGenericTypeDefinition() == typeof(Word<>));
    }

    private static void Describe(OpenApiSchema schema, Type type)
    {
        var held = Nullable.GetUnderlyingType(type) ?? type;
        if (Enumeration(held) is { } words)
        {
            (schema.Type, schema.Enum) = (JsonSchemaType.String, words);
        }
        else if (held == typeof(DateTime) || held == typeof(Moment))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
            (schema.Properties, schema.Required, schema.AdditionalPropertiesAllowed) = (null, null, true);
        }
        else if (held == typeof(PartialDate))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";
            schema.Examples = [JsonValue.Create("2024"), JsonValue.Create("2024-03"), JsonValue.Create("2024-03-15")];
        }
    }

    // The generator rounds a long's upper end up, to a number that no long can hold; nobody set it, and the format says it.
    private static void Unbind(OpenApiSchema schema)
    {
        if (double.TryParse(schema.Maximum, CultureInfo.InvariantCulture, out var most) && most >= long.MaxValue)
        {
            schema.Maximum = null;
        }
    }

    private static void Take(OpenApiSchema schema, OpenApiSchema held) =>
        (schema.Type, schema.Items, schema.Format) = (held.Type, held.Items, held.Format);

    private static List<JsonNode>? Enumeration(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } enumeration
        ? [.. WordConverterFactory.WordsOf(enumeration).Select(word => JsonValue.Create(word))]
        : null;
}
