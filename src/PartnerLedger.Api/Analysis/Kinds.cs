using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>What the summary tells partnerships apart by. Each may be changed without the others, so that a ledger can be thought otherwise in one alone.</summary>
internal enum Dimension
{
    /// <summary>The exclusive combination of sectors, and whether all are known.</summary>
    Sectors,

    /// <summary>The exclusive combination of regions.</summary>
    Regions,

    /// <summary>The lifecycle state.</summary>
    State,
}

/// <summary>
/// The kinds of partnerships that some dimensions tell apart, and how many there are of each; and kinds of which there are none, but might be.
/// A label says of which partnerships it is known that they stay together, such as those that a question is about.
/// </summary>
internal sealed class Kinds
{
    // Where there are more kinds, the rarest are left as they are: fewer ledgers are then thought of, and rather more is hidden than less.
    private const int Most = 400;

    private Kinds(IReadOnlyList<(CountedCell Cell, string Label)> all) => All = all;

    public IReadOnlyList<(CountedCell Cell, string Label)> All { get; }

    public long[] Counts => [.. All.Select(kind => kind.Cell.Partnerships)];

    /// <summary>The kinds, in an order that depends on nothing else.</summary>
    /// <param name="counted">Every partnership, under its label.</param>
    /// <param name="by">What tells them apart.</param>
    /// <param name="labels">The labels that there may be.</param>
    /// <param name="mayBe">Whether a kind may have partnerships of a label.</param>
    public static Kinds Of(
        IEnumerable<(CountedCell Cell, string Label)> counted, IReadOnlySet<Dimension> by, IReadOnlyList<string> labels, Func<CountedCell, string, bool> mayBe)
    {
        var occupied = counted.GroupBy(one => one.Label, StringComparer.Ordinal)
            .SelectMany(alike => Project(alike.Select(one => one.Cell), by).Select(cell => (Cell: cell, Label: alike.Key)))
            .Where(one => one.Cell.Partnerships > 0)
            .ToDictionary(one => Key(one.Cell, one.Label), StringComparer.Ordinal);
        foreach (var more in Empty([.. occupied.Values.Select(one => one.Cell)], by)
            .Select(cells => (from cell in cells from label in labels where mayBe(cell, label) select (Key: Key(cell, label), Kind: (cell, label))).ToList()))
        {
            if (more.Count(one => !occupied.ContainsKey(one.Key)) + occupied.Count <= Most)
            {
                more.ForEach(one => occupied.TryAdd(one.Key, one.Kind));
            }
        }

        return new([.. occupied
            .OrderByDescending(kind => kind.Value.Cell.Partnerships).ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .Take(Most)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => kind.Value)]);
    }

    public bool[] Where(Func<CountedCell, string, bool> has) => [.. All.Select(kind => has(kind.Cell, kind.Label))];

    /// <summary>What is counted of partnerships, told apart by these dimensions alone.</summary>
    public static IEnumerable<CountedCell> Project(IEnumerable<CountedCell> cells, IReadOnlySet<Dimension> by) => cells
        .Select(cell => Project(cell, by))
        .GroupBy(cell => Key(cell, ""), StringComparer.Ordinal)
        .Select(alike => alike.First() with { Partnerships = alike.Sum(cell => cell.Partnerships) });

    private static CountedCell Project(CountedCell cell, IReadOnlySet<Dimension> by) => new(
        by.Contains(Dimension.State) ? cell.State : default,
        by.Contains(Dimension.Sectors) ? cell.Sectors : default,
        !by.Contains(Dimension.Sectors) || cell.IsComplete,
        by.Contains(Dimension.Regions) ? cell.Regions : [],
        cell.Partnerships);

    // First those that differ from some that there are in that not all sectors are known, or are; then all, with ever more sets of regions.
    private static IEnumerable<IEnumerable<CountedCell>> Empty(IReadOnlyList<CountedCell> cells, IReadOnlySet<Dimension> by)
    {
        var sectors = by.Contains(Dimension.Sectors)
            ? Enumerable.Range(0, 1 << Enum.GetValues<Sector>().Length).SelectMany(bits => new[] { ((short)bits, true), ((short)bits, false) }).ToList()
            : [(default, true)];
        var states = by.Contains(Dimension.State) ? Enum.GetValues<PartnershipState>() : [default];
        var sets = Distinct(cells.Select(cell => cell.Regions));
        var each = sets.SelectMany(set => set).Distinct(StringComparer.Ordinal).ToList();
        var near = Distinct(sets.Append([]).Concat(from set in sets.Append([]) from one in each select Turn(set, one)));
        return
        [
            by.Contains(Dimension.Sectors) ? cells.Select(cell => cell with { IsComplete = !cell.IsComplete, Partnerships = 0 }) : [],
            .. (by.Contains(Dimension.Regions) ? [sets, Distinct(sets.Append([])), near] : new[] { (IReadOnlyList<IReadOnlyList<string>>)[[]] }).Select(regions =>
                from state in states from sector in sectors from set in regions select new CountedCell(state, sector.Item1, sector.Item2, set, 0)),
        ];
    }

    private static IReadOnlyList<IReadOnlyList<string>> Distinct(IEnumerable<IReadOnlyList<string>> sets) =>
        [.. sets.DistinctBy(set => string.Join('+', set), StringComparer.Ordinal)];

    private static IReadOnlyList<string> Turn(IReadOnlyList<string> set, string one) =>
        set.Contains(one, StringComparer.Ordinal) ? [.. set.Where(other => other != one)] : [.. set.Append(one).Order(StringComparer.Ordinal)];

    private static string Key(CountedCell cell, string label) => $"{(int)cell.State} {cell.Sectors} {cell.IsComplete} {string.Join('+', cell.Regions)} {label}";
}
