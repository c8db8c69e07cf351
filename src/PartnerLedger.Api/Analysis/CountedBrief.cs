using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>What became of partnerships, as a brief tells them apart.</summary>
internal enum Fate
{
    /// <summary>They struggle, or failed.</summary>
    Troubled,

    /// <summary>They never formed.</summary>
    Potential,

    Successful,

    /// <summary>Proposed, active or ended: nothing is known against or for them.</summary>
    Open,
}

/// <summary>Partnerships that have a factor noted, and how many people noted it of them.</summary>
/// <param name="Recovered">Those that came out of trouble on the day it was first noted, or later.</param>
/// <param name="RecoveredInformants">How many people noted it of those before.</param>
internal sealed record CountedNotes(long Noted, long Informants, long Recovered, long RecoveredInformants)
{
    public static readonly CountedNotes None = new(0, 0, 0, 0);
}

/// <summary>A factor that was noted somewhere in the ledger, what the catalogue says of it, and of which partnerships it was noted.</summary>
internal sealed record BriefedFactor(Factor Factor, IReadOnlyDictionary<Fate, CountedNotes> Notes)
{
    public CountedNotes Of(Fate fate) => Notes.GetValueOrDefault(fate, CountedNotes.None);
}

/// <summary>The partnerships of a shape by their state, and the factors.</summary>
internal sealed record CountedBrief(IReadOnlyDictionary<PartnershipState, long> Population, IReadOnlyList<BriefedFactor> Factors)
{
    public static Fate FateOf(PartnershipState state) => state switch
    {
        PartnershipState.Struggling or PartnershipState.Failed => Fate.Troubled,
        PartnershipState.Unexplored or PartnershipState.Undeveloped => Fate.Potential,
        PartnershipState.Successful => Fate.Successful,
        _ => Fate.Open,
    };

    public long Of(Fate fate) => Population.Where(state => FateOf(state.Key) == fate).Sum(state => state.Value);
}
