using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>
/// Which moves between states an answer keeps to itself. Whoever comes into a state leaves it or is still there, and of how many are there the
/// summary tells: so the small numbers are hidden, and then as many others as it takes that neither a hidden one, nor how few are in a state, nor
/// what the summary hides can be worked out from the rest.
/// </summary>
internal static class HiddenMoves
{
    public static readonly IReadOnlySet<(PartnershipState From, PartnershipState To)> None = new HashSet<(PartnershipState, PartnershipState)>();

    public static IReadOnlySet<(PartnershipState From, PartnershipState To)> Of(CountedMoves counted, Population population, long threshold)
    {
        var (kinds, told) = population.Beside([Dimension.State]);
        var moves = counted.Ways.ToList();
        var openings = Lifecycle.Openings.Order().ToList();
        var partnerships = kinds.Counts.Length;
        var columns = partnerships + moves.Count + openings.Count;
        var rows = moves.Select((move, i) => new Margin(Column(i), counted.Moved(move.From, move.To))
        {
            MayBeHidden = true,
            IsHidden = counted.Find(move.From, move.To) is { } found && (IsSmall(found.Moves) || IsSmall(found.Partnerships)),
        }).ToList();
        var stays = counted.Stays.Where(stay => IsSmall(stay.Partnerships)).Select(stay => new Margin(
            kinds.Where((cell, label) => Population.IsIn(label) && cell.State == stay.State), stay.Partnerships)
        {
            IsHidden = true,
        });
        var suppression = new SecondarySuppression(
            [.. kinds.Counts, .. rows.Select(row => row.Count), .. openings.Select(state => counted.Moved(null, state))],
            [.. told.Concat(stays).Select(margin => margin.Over(columns)), .. rows],
            threshold,
            [.. Enum.GetValues<PartnershipState>().Select(Balance)]);
        var isProtected = suppression.Protect();

        // Where that does not do, nothing is told but what the lifecycle and the summary tell of themselves.
        return moves.Where((_, i) => rows[i].IsHidden || (!isProtected && suppression.CanBeHidden(rows[i]))).ToHashSet();

        bool[] Column(int move)
        {
            var column = new bool[columns];
            column[partnerships + move] = true;
            return column;
        }

        // Who is there or left, less those who came or began there.
        int[] Balance(PartnershipState state) =>
        [
            .. kinds.Where((cell, label) => Population.IsIn(label) && cell.State == state).Select(isThere => isThere ? 1 : 0),
            .. moves.Select(move => (move.From == state ? 1 : 0) - (move.To == state ? 1 : 0)),
            .. openings.Select(opening => opening == state ? -1 : 0),
        ];

        bool IsSmall(long count) => count > 0 && count < threshold;
    }
}
