using PartnerLedger.Api.Http;
using PartnerLedger.Api.Partnerships;

namespace PartnerLedger.Api.Commands;

/// <summary>Which events' texts, those of their corrections included, and why.</summary>
internal sealed record ErasureRequest : IValidated
{
    private const int MostVersions = 500;

    public required IReadOnlyList<long> Versions { get; init; }

    /// <summary>On what ground; can itself be erased.</summary>
    public required string Ground { get; init; }

    public void Validate(Errors errors)
    {
        errors.Require("/ground", Ground, RequestErrors.LongestText);
        if (Versions.Count is 0 or > MostVersions)
        {
            errors.Add("/versions", $"Has 1 to {MostVersions} versions.");
        }

        var seen = new HashSet<long>();
        for (var i = 0; i < Versions.Count; i++)
        {
            if (!seen.Add(Versions[i]))
            {
                errors.Add($"/versions/{i}", "Stands more than once.");
            }
        }
    }
}
