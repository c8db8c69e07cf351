using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Analysis;

/// <summary>From when on a partnership counts among those that could meet an end.</summary>
internal enum Entry
{
    /// <summary>From the day it was first proposed, whenever the ledger was told of it.</summary>
    Proposed,

    /// <summary>Only from the day the ledger was first told of it: had it ended before, nobody might have told.</summary>
    Recorded,
}

/// <summary>From when on partnerships are watched, and how long.</summary>
internal sealed record IncidenceParameters
{
    /// <summary>A century.</summary>
    private const int Longest = 36_525;

    [FromQuery(Name = "horizon"), Range(0, Longest), Description("The day, counted from the first proposed, by which ends are told; 1460 unless said.")]
    public int? Horizon { get; init; }

    [FromQuery(Name = "landmark"), Range(0, Longest), Description("Only partnerships that had met no end by this day, counted from the first proposed, which are watched from then on. factor, topic, framework and polarity "
        + "set those that have such a factor noted by then against the others.")]
    public int? Landmark { get; init; }

    [FromQuery(Name = "entry"), Description("recorded: partnerships count only from the day on which the ledger was first told of them; else from the first proposed.")]
    public Word<Entry>? Entry { get; init; }
}
