using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>How often partnerships went from one state to another.</summary>
/// <param name="From">Null where they began in the other.</param>
/// <param name="Partnerships">How many did so at least once.</param>
/// <param name="Entered">How many came into the other state for the first time.</param>
/// <param name="Days">How long they had been in the state they left.</param>
internal sealed record CountedMove(PartnershipState? From, PartnershipState To, long Moves, long Partnerships, long Entered, long Days);

/// <summary>How many partnerships are in a state, and how long they have been.</summary>
internal sealed record CountedStay(PartnershipState State, long Partnerships, long Days);

/// <summary>All moves between states, and where that leaves the partnerships.</summary>
internal sealed record CountedMoves(IReadOnlyList<CountedMove> Moves, IReadOnlyList<CountedStay> Stays)
{
    /// <summary>Every two states of which one may follow, or followed, the other, in the order of states.</summary>
    public IEnumerable<(PartnershipState From, PartnershipState To)> Ways =>
        from state in Enum.GetValues<PartnershipState>()
        from next in Enum.GetValues<PartnershipState>()
        where Lifecycle.Allows(state, next) || Find(state, next) is not null
        select (state, next);

    public CountedMove? Find(PartnershipState? from, PartnershipState to) => Moves.FirstOrDefault(move => move.From == from && move.To == to);

    public long Moved(PartnershipState? from, PartnershipState to) => Find(from, to)?.Moves ?? 0;

    /// <summary>Days that partnerships spent in a state, those who are in it now up to the day they were watched.</summary>
    public long DaysIn(PartnershipState state) =>
        Moves.Where(move => move.From == state).Sum(move => move.Days) + Stays.Where(stay => stay.State == state).Sum(stay => stay.Days);

    /// <summary>How many partnerships were ever in a state.</summary>
    public long EverIn(PartnershipState state) => Moves.Where(move => move.To == state).Sum(move => move.Entered);
}
