using System.Text.Json;

namespace PartnerLedger.Api.Http;

/// <summary>Makes a request of a body in canonical form, or tells everything in which it is not one.</summary>
internal static class BodyReader
{
    /// <summary>The request, validated; null where <paramref name="errors"/> has any.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> canonical, RequestRules? rules, out Errors errors)
        where T : class, IValidated
    {
        T? request;
        try
        {
            request = JsonSerializer.Deserialize<T>(canonical.Span, Json.Options);
        }
        catch (JsonException fault)
        {
            errors = BodyShape.Explain(typeof(T), canonical, fault);
            return null;
        }

        if (request is null)
        {
            errors = new Errors().Add("", "Must be an object.");
            return null;
        }

        errors = MayListNull(canonical.Span) ? BodyShape.Compare(typeof(T), canonical) : new Errors();
        if (!errors.Any)
        {
            Validate(request, errors, rules);
        }

        return errors.Any ? null : request;
    }

    private static void Validate<T>(T request, Errors errors, RequestRules? rules)
        where T : class, IValidated
    {
        if (request is IRuled ruled)
        {
            ruled.Validate(errors, rules!);
        }
        else
        {
            request.Validate(errors);
        }
    }

    /// <summary>The serializer heeds which members may be null, but not which items. In canonical form an item follows a bracket or a comma.</summary>
    private static bool MayListNull(ReadOnlySpan<byte> canonical) => canonical.IndexOf("[null"u8) >= 0 || canonical.IndexOf(",null"u8) >= 0;
}
