using PartnerLedger.Api.Http;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Partnerships;

/// <summary>The rules that members of several requests share.</summary>
internal static class RequestErrors
{
    public const int LongestText = 4_000;
    public const int LongestName = 200;
    private const int LongestInformant = 64;
    private const int MostRegions = 20;
    private const int MostPartners = 100;

    public static void Informed(this Errors errors, string at, string? informant, string? informantRegion, RequestRules rules)
    {
        if (informant is not null)
        {
            errors.Require($"{at}/informant", informant, LongestInformant);
        }

        if (informantRegion is not null)
        {
            errors.Region($"{at}/informantRegion", informantRegion, rules);
        }
    }

    public static void NotInFuture(this Errors errors, string pointer, PartialDate? occurredOn, RequestRules rules)
    {
        if (occurredOn is { } date && date.First > rules.Today)
        {
            errors.Add(pointer, $"Must not be in the future: today is {rules.Today:yyyy-MM-dd} (UTC).");
        }
    }

    /// <summary>A free text that may be left out, but not be empty.</summary>
    public static void Text(this Errors errors, string pointer, string? text)
    {
        if (text is not null)
        {
            errors.Require(pointer, text, LongestText);
        }
    }

    public static void PartnerCount(this Errors errors, string pointer, IReadOnlyList<PartnerRequest> partners)
    {
        if (partners.Count > MostPartners)
        {
            errors.Add(pointer, $"Must have at most {MostPartners} partners.");
        }
    }

    public static void RegionSet(this Errors errors, string pointer, IReadOnlyList<string> regions, RequestRules rules)
    {
        if (regions.Count > MostRegions)
        {
            errors.Add(pointer, $"Must have at most {MostRegions} regions.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < regions.Count; i++)
        {
            errors.Region($"{pointer}/{i}", regions[i], rules);
            if (!seen.Add(regions[i]))
            {
                errors.Add($"{pointer}/{i}", "Stands more than once.");
            }
        }
    }

    public static void Country(this Errors errors, string pointer, string? country)
    {
        if (country is not null && !Countries.Contains(country))
        {
            errors.Add(pointer, "Must be a country code of ISO 3166-1 alpha-2, such as NL.");
        }
    }

    private static void Region(this Errors errors, string pointer, string region, RequestRules rules)
    {
        if (!rules.Regions.Contains(region))
        {
            errors.Add(pointer, $"Must be one of {string.Join(", ", rules.Regions.All)}.");
        }
    }
}
