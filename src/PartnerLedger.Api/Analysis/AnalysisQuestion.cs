using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>Whose region is meant.</summary>
internal enum RegionOf
{
    /// <summary>Where the partnership works.</summary>
    Partnership,

    /// <summary>Where those are who told of it.</summary>
    Informant,
}

/// <summary>What rows are split by, in the order of an answer's columns.</summary>
internal enum By
{
    /// <summary>Each sector; a partnership of several sectors is in several rows.</summary>
    Sector,

    /// <summary>The exclusive combination of sectors.</summary>
    Sectors,

    /// <summary>Each region; a partnership of several regions is in several rows.</summary>
    Region,

    /// <summary>The exclusive combination of regions.</summary>
    Regions,

    /// <summary>The lifecycle state.</summary>
    State,

    /// <summary>The topic of factors; a row then speaks of all factors of a topic and polarity.</summary>
    Topic,
}

/// <summary>What partnerships are compared within: each is in exactly one stratum.</summary>
internal enum Stratify
{
    /// <summary>The exclusive combination of sectors.</summary>
    Sector,

    /// <summary>The exclusive combination of regions.</summary>
    Region,
}

/// <summary>What is asked of the analysis. Several values of one member mean any of them, none means all.</summary>
internal sealed record AnalysisQuestion
{
    public IReadOnlyList<PartnershipState> States { get; init; } = [];

    public IReadOnlyList<Sector> Sectors { get; init; } = [];

    /// <summary>Exactly these known sectors, as bits; null where that does not matter.</summary>
    public short? Combination { get; init; }

    public IReadOnlyList<string> Regions { get; init; } = [];

    public RegionOf RegionOf { get; init; }

    /// <summary>The first day that counts, by when things happened.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day that counts, by when things happened.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The last position that was known; the present where it is null.</summary>
    public long? AsOf { get; init; }

    public IReadOnlyList<string> Factors { get; init; } = [];

    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>The factors of the frameworks that were asked for; null where none was.</summary>
    public IReadOnlyList<string>? FrameworkFactors { get; init; }

    public IReadOnlyList<Polarity> Polarities { get; init; } = [];

    public IReadOnlySet<By> By { get; init; } = new HashSet<By>();

    /// <summary>States that are told as one, under the first of each; so that nobody is counted twice who told of several.</summary>
    public IReadOnlyList<IReadOnlyList<PartnershipState>> StatesAsOne { get; init; } = [];

    /// <summary>Whether it matters how many people noted a factor, which takes longer to count than in how many partnerships.</summary>
    public bool CountsInformants { get; init; } = true;

    /// <summary>How many people are enough: beyond that it does not matter how many noted a factor; null where it does.</summary>
    public long? EnoughInformants { get; init; }

    public bool ChoosesPartnerships => Enum.GetValues<Dimension>().Any(ChoosesBy);

    public bool ChoosesFactors => Factors.Count > 0 || Topics.Count > 0 || FrameworkFactors is not null || Polarities.Count > 0;

    /// <summary>Whether only some factors, or what happened in some time, is asked for.</summary>
    public bool IsNarrowed => ChoosesFactors || From is not null || To is not null;

    /// <summary>Whether it is about some partnerships only, by what the dimension tells of them.</summary>
    public bool ChoosesBy(Dimension dimension) => dimension switch
    {
        Dimension.Sectors => Sectors.Count > 0 || Combination is not null,
        Dimension.Regions => Regions.Count > 0,
        _ => States.Count > 0,
    };

    public bool IsOfPresentAndAllTime => AsOf is null && From is null && To is null;

    public bool Wants(Factor factor) =>
        (Factors.Count == 0 || Factors.Contains(factor.Code))
        && (Topics.Count == 0 || Topics.Contains(factor.Topic))
        && FrameworkFactors?.Contains(factor.Code) != false
        && (Polarities.Count == 0 || Polarities.Contains(factor.Polarity));
}
