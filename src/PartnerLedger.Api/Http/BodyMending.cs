using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using PartnerLedger.Domain;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Http;

/// <summary>
/// Makes of a body that differs from the shape of its request one that does not, so that its rules can be asked of the rest, and whoever sent it is told all
/// at once: what is not of the request is left out, and harmless values stand in for what is missing or of another form.
/// </summary>
internal static class BodyMending
{
    /// <summary>What the body would be without what is wrong; null where nothing can stand in for that.</summary>
    public static T? Mend<T>(ReadOnlyMemory<byte> canonical, Errors faults)
        where T : class
    {
        if (JsonNode.Parse(canonical.Span) is not JsonObject body)
        {
            return null;
        }

        foreach (var pointer in faults.All.Select(fault => fault.Pointer).Distinct(StringComparer.Ordinal))
        {
            if (!Mend(body, typeof(T), JsonPointer.Split(pointer)))
            {
                return null;
            }
        }

        try
        {
            return body.Deserialize<T>(Json.Options);
        }
        catch (JsonException)
        {
            // More was wrong than was told: that comes first.
            return null;
        }
    }

    private static bool Mend(JsonNode at, Type type, ReadOnlySpan<string> way)
    {
        var contract = BodyShape.ContractOf(type);
        switch (at)
        {
            case JsonArray items when way.Length > 0 && contract.ElementType is { } element && int.TryParse(way[0], out var index) && index < items.Count:
                if (way.Length > 1)
                {
                    return items[index] is { } item && Mend(item, element, way[1..]);
                }

                items[index] = StandIn(element);
                return items[index] is not null;
            case JsonObject members when way.Length > 0:
                var name = way[0];
                if (contract.Properties.FirstOrDefault(property => property.Name == name) is not { } member)
                {
                    return members.Remove(name);
                }

                if (way.Length > 1)
                {
                    return members[name] is { } held && Mend(held, member.PropertyType, way[1..]);
                }

                members[name] = StandIn(member.PropertyType);
                return members[name] is not null;
            default:
                return false;
        }
    }

    private static JsonNode? StandIn(Type type)
    {
        var contract = BodyShape.ContractOf(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Object => new JsonObject(contract.Properties.Where(member => member.IsRequired).Select(member => KeyValuePair.Create(member.Name, StandIn(member.PropertyType)))),
            JsonTypeInfoKind.Enumerable => new JsonArray(),
            _ when contract.Type.IsEnum => WordConverterFactory.WordsOf(contract.Type).First(),
            _ when contract.Type == typeof(PartialDate) => "2000",
            _ when contract.Type == typeof(Guid) => Guid.Empty.ToString(),
            _ => Type.GetTypeCode(contract.Type) switch
            {
                TypeCode.String => "x",
                TypeCode.Boolean => false,
                >= TypeCode.SByte and <= TypeCode.UInt64 => 1,
                _ => null,
            },
        };
    }
}
