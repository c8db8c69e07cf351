using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PartnerLedger.Domain;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Http;

/// <summary>
/// Finds everything in which a body differs from the shape of its request. Only asked where the serializer refused, or would overlook
/// something: it stops at the first difference and speaks of .NET types, and a client wants to see them all and to read of members.
/// </summary>
internal static class BodyShape
{
    public static Errors Explain(Type type, ReadOnlyMemory<byte> body, JsonException refusal)
    {
        var errors = Compare(type, body);
        return errors.Any ? errors : errors.Add("", OwnWords(refusal) ?? "Does not have the shape of this request.");
    }

    public static Errors Compare(Type type, ReadOnlyMemory<byte> body)
    {
        var errors = new Errors();
        using var document = JsonDocument.Parse(body);
        Compare(errors, "", document.RootElement, type);
        return errors;
    }

    public static JsonTypeInfo ContractOf(Type type) => Json.Options.GetTypeInfo(Held(type));

    private static void Compare(Errors errors, string pointer, JsonElement value, Type type)
    {
        var contract = ContractOf(type);
        switch (contract.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind != JsonValueKind.Object:
                errors.Add(pointer, "Must be an object.");
                break;
            case JsonTypeInfoKind.Object:
                CompareMembers(errors, pointer, value, contract);
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind != JsonValueKind.Array:
                errors.Add(pointer, "Must be an array.");
                break;
            case JsonTypeInfoKind.Enumerable:
                CompareItems(errors, pointer, value, contract);
                break;
            default:
                CompareLeaf(errors, pointer, value, contract);
                break;
        }
    }

    /// <summary>What a member holds that may be left out or null.</summary>
    private static Type Held(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>) ? type.GenericTypeArguments[0] : Nullable.GetUnderlyingType(type) ?? type;

    private static void CompareMembers(Errors errors, string pointer, JsonElement value, JsonTypeInfo contract)
    {
        var members = contract.Properties.Where(member => member.Set is not null || member.AssociatedParameter is not null).ToDictionary(member => member.Name);
        foreach (var given in value.EnumerateObject())
        {
            var at = JsonPointer.Append(pointer, given.Name);
            if (!members.Remove(given.Name, out var member))
            {
                errors.Add(at, "Is not a member of this request.");
            }
            else if (given.Value.ValueKind != JsonValueKind.Null)
            {
                Compare(errors, at, given.Value, member.PropertyType);
            }
            else if (!member.IsSetNullable || member.PropertyType is { IsValueType: true } bare && Nullable.GetUnderlyingType(bare) is null)
            {
                CompareLeaf(errors, at, given.Value, Json.Options.GetTypeInfo(member.PropertyType));
            }
        }

        foreach (var missing in members.Values.Where(member => member.IsRequired))
        {
            errors.Add(JsonPointer.Append(pointer, missing.Name), "Is required.");
        }
    }

    private static void CompareItems(Errors errors, string pointer, JsonElement value, JsonTypeInfo contract)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var at = JsonPointer.Append(pointer, index++);
            if (item.ValueKind == JsonValueKind.Null)
            {
                errors.Add(at, "Must not be null.");
            }
            else
            {
                Compare(errors, at, item, contract.ElementType ?? typeof(object));
            }
        }
    }

    private static void CompareLeaf(Errors errors, string pointer, JsonElement value, JsonTypeInfo contract)
    {
        try
        {
            if (value.Deserialize(contract) is null)
            {
                errors.Add(pointer, "Must not be null.");
            }
        }
        catch (JsonException refusal)
        {
            errors.Add(pointer, value.ValueKind == JsonValueKind.Null ? "Must not be null." : OwnWords(refusal) ?? $"Must be {Kind(contract.Type)}.");
        }
    }

    /// <summary>What one of our converters said; the serializer's own words name .NET types, which are nobody's business.</summary>
    private static string? OwnWords(JsonException refusal) =>
        refusal.Message.StartsWith("The JSON ", StringComparison.Ordinal) || refusal.Message.StartsWith("JSON ", StringComparison.Ordinal)
            || refusal.Message.Contains("System.", StringComparison.Ordinal) || refusal.Message.Contains(nameof(PartnerLedger), StringComparison.Ordinal)
                ? null
                : refusal.Message;

    private static string Kind(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "a text",
        TypeCode.Boolean => "true or false",
        >= TypeCode.SByte and <= TypeCode.UInt64 => "a whole number in range",
        _ when type == typeof(Guid) => "a UUID",
        _ when type == typeof(DateTimeOffset) => "an RFC 3339 time",
        _ when typeof(IEnumerable).IsAssignableFrom(type) => "an array",
        _ => "of another form",
    };
}
