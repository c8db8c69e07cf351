using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>
/// Which moves between states an answer keeps to itself. Whoever comes into a state leaves it or is still there, and how many are there the
/// summary tells: so the small numbers are hidden, and then as many others as it takes until no hidden one can be worked out from the rest.
/// </summary>
internal static class HiddenMoves
{
    private const int Outside = -1;

    public static IReadOnlySet<(PartnershipState From, PartnershipState To)> Of(CountedMoves counted, long threshold)
    {
        var moves = counted.Moves.Where(move => move.From is not null).OrderBy(move => move.Moves).ThenBy(move => move.From).ThenBy(move => move.To).ToList();
        var hidden = moves.Where(move => IsSmall(move.Moves) || IsSmall(move.Partnerships)).ToHashSet();
        while (hidden.Count < moves.Count && moves.Find(move => hidden.Contains(move) && IsNarrow(hidden, move)) is { } narrow)
        {
            var others = moves.Where(move => !hidden.Contains(move)).ToList();
            hidden.Add(others.Find(other => !IsNarrow([.. hidden, other], narrow)) ?? others[0]);
        }

        return hidden.Select(move => (move.From!.Value, move.To)).ToHashSet();

        bool IsNarrow(HashSet<CountedMove> unknown, CountedMove move)
        {
            // In how many partnerships are, and in how many began, there is no more to go by than what is shown.
            var flows = new FlowRange();
            foreach (var other in unknown.Where(other => other != move))
            {
                flows.Add((int)other.From!.Value, (int)other.To, other.Moves);
            }

            foreach (var opened in counted.Moves.Where(opened => opened.From is null))
            {
                flows.Add(Outside, (int)opened.To, opened.Moves);
            }

            foreach (var stay in counted.Stays.Where(stay => IsSmall(stay.Partnerships)))
            {
                flows.Add((int)stay.State, Outside, stay.Partnerships);
            }

            return flows.Width((int)move.From!.Value, (int)move.To, move.Moves, threshold) < threshold;
        }

        bool IsSmall(long count) => count > 0 && count < threshold;
    }
}
