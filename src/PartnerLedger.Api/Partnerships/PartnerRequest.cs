using PartnerLedger.Api.Http;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

/// <summary>A partner organisation in a request; its name goes into the ledger for ever, and may be left out.</summary>
internal sealed record PartnerRequest
{
    public string? Name { get; init; }

    public required Sector Sector { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    public void Validate(Errors errors, string at)
    {
        if (Name is not null)
        {
            errors.RequireName($"{at}/name", Name, RequestErrors.LongestName);
        }

        errors.Country($"{at}/country", Country);
    }

    public Partner ToPartner() => new() { Name = Name, Sector = Sector, Country = Country };
}
