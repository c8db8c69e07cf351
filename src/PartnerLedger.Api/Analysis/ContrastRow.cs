using System.Text.Json.Serialization;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>How much more often, or less, a factor was noted in one kind of partnerships than in another; null is what cannot be estimated.</summary>
internal sealed record ContrastRow
{
    public required string Factor { get; init; }

    public required Polarity? Polarity { get; init; }

    public required string? Topic { get; init; }

    public required NotedOf Group { get; init; }

    public required NotedOf Versus { get; init; }

    /// <summary>Share in the group less share in the others, with the limits of Newcombe's hybrid score interval.</summary>
    public Estimate? RiskDifference { get; init; }

    /// <summary>Odds in the group by odds in the others, with Woolf's limits.</summary>
    public Estimate? OddsRatio { get; init; }

    /// <summary>The conditional maximum likelihood estimate, with exact limits.</summary>
    public ExactOddsRatio? ExactOddsRatio { get; init; }

    /// <summary>The Mantel–Haenszel odds ratio over the strata, with the limits of Robins, Breslow and Greenland; only where strata were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Estimate? StratifiedOddsRatio { get; init; }

    /// <summary>Fisher's exact test, two-sided.</summary>
    public double? PValue { get; init; }

    /// <summary>The p-value among all tests of this answer, by Benjamini and Hochberg.</summary>
    public double? QValue { get; init; }

    /// <summary>Whether the row's numbers are too small to be shown.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>Why something is null, or strata are taken as one.</summary>
    public string? Reason { get; init; }
}

/// <summary>Partnerships that have a factor noted at least once, of how many; null where too few to be shown.</summary>
internal sealed record NotedOf(long? Noted, long? Of);
