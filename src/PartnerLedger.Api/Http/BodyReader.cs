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
            AddBrokenRules<T>(canonical, rules, errors);
            return null;
        }

        if (request is null)
        {
            errors = new Errors().Add("", "Must be an object.");
            return null;
        }

        errors = MayListNull(canonical.Span) ? BodyShape.Compare(typeof(T), canonical) : new Errors();
        if (errors.Any)
        {
            AddBrokenRules<T>(canonical, rules, errors);
        }
        else
        {
            Validate(request, errors, rules);
        }

        return errors.Any ? null : request;
    }

    // Of what is of the right shape in a body that is not.
    private static void AddBrokenRules<T>(ReadOnlyMemory<byte> canonical, RequestRules? rules, Errors errors)
        where T : class, IValidated
    {
        if (BodyMending.Mend<T>(canonical, errors) is not { } mended)
        {
            return;
        }

        var broken = new Errors();
        Validate(mended, broken, rules);
        var faulty = errors.All.Select(error => error.Pointer).ToList();
        foreach (var (pointer, message) in broken.All.Where(rule => !faulty.Exists(place => Leads(place, rule.Pointer) || Leads(rule.Pointer, place))))
        {
            errors.Add(pointer, message);
        }
    }

    private static bool Leads(string pointer, string within) => within == pointer || within.StartsWith(pointer + "/", StringComparison.Ordinal);

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
