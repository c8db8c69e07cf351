using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using PartnerLedger.Api.Http;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

// Several of these stand beside each other in a request, and none inherits from another: what is inherited is not bound.

/// <summary>Which partnerships are meant, and as of when; what is repeated means any of these.</summary>
internal sealed record PartnershipParameters
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

/// <summary>Which factors have rows.</summary>
internal sealed record FactorParameters
{
    [FromQuery(Name = "factor"), Description("Rows of this factor.")]
    public string[]? Factor { get; init; }

    [FromQuery(Name = "topic"), Description("Rows of this topic's factors.")]
    public string[]? Topic { get; init; }

    [FromQuery(Name = "framework"), Description("Rows of this framework's factors; with asOf, of those it had then.")]
    public string[]? Framework { get; init; }

    [FromQuery(Name = "polarity"), Description("Rows of negative factors, or of success factors.")]
    public Word<Polarity>[]? Polarity { get; init; }
}

/// <summary>What the rows tell apart.</summary>
internal sealed record SplitParameters
{
    [FromQuery(Name = "by"), Description("Rows for each of these: sector, sectors (the exclusive combination), region, regions (the exclusive combination), state; topic makes a row speak of all factors of a topic.")]
    public Word<By>[]? By { get; init; }
}

/// <summary>Which partnerships are set against which others.</summary>
internal sealed record ContrastParameters
{
    [FromQuery(Name = "group"), Description("States of the partnerships that are contrasted; struggling does not include failed.")]
    public Word<PartnershipState>[]? Group { get; init; }

    [FromQuery(Name = "versus"), Description("States of the partnerships that they are set against.")]
    public Word<PartnershipState>[]? Versus { get; init; }

    [FromQuery(Name = "stratify"), Description("Adds an odds ratio that compares like with like: within each exclusive combination of sectors, or of regions.")]
    public Word<Stratify>? Stratify { get; init; }
}

/// <summary>Which partnerships are in trouble, and which succeed.</summary>
internal sealed record ComplementarityParameters
{
    [FromQuery(Name = "group"), Description("States of the partnerships whose negative factors are told; struggling, failed, unexplored and undeveloped unless said.")]
    public Word<PartnershipState>[]? Group { get; init; }

    [FromQuery(Name = "versus"), Description("States of the partnerships whose success factors are told; successful unless said.")]
    public Word<PartnershipState>[]? Versus { get; init; }
}
