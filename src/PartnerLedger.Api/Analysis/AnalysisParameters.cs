using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using PartnerLedger.Api.Http;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>Which partnerships are meant, and as of when; what is repeated means any of these.</summary>
internal record PartnershipParameters
{
    [FromQuery(Name = "state"), Description("Partnerships in this state; struggling does not include failed.")]
    public Word<PartnershipState>[]? State { get; init; }

    [FromQuery(Name = "sector"), Description("Partnerships that have, or had, a partner of this sector.")]
    public Word<Sector>[]? Sector { get; init; }

    [FromQuery(Name = "region"), Description("Partnerships of this region.")]
    public string[]? Region { get; init; }

    [FromQuery(Name = "regionOf"), Description("Whose region is meant: where the partnership works, or where those are who told of it.")]
    public Word<RegionOf>? RegionOf { get; init; }

    [FromQuery(Name = "from"), Description("What happened, as far as is known, on or after this day, month or year.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("What happened, as far as is known, on or before this day, month or year.")]
    public string? To { get; init; }

    [FromQuery(Name = "asOf"), Description("As the ledger knew it at this moment.")]
    public Moment? AsOf { get; init; }
}

/// <summary>Which partnerships are meant, which factors, and what to tell apart.</summary>
internal sealed record FactorParameters : PartnershipParameters
{
    [FromQuery(Name = "factor"), Description("Rows of this factor.")]
    public string[]? Factor { get; init; }

    [FromQuery(Name = "topic"), Description("Rows of this topic's factors.")]
    public string[]? Topic { get; init; }

    [FromQuery(Name = "polarity"), Description("Rows of negative factors, or of success factors.")]
    public Word<Polarity>[]? Polarity { get; init; }

    [FromQuery(Name = "by"), Description("Rows for each of these: sector, sectors (the exclusive combination), region, state; topic makes a row speak of all factors of a topic.")]
    public Word<By>[]? By { get; init; }
}
