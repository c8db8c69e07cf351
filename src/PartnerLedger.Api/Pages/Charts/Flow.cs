namespace PartnerLedger.Api.Pages.Charts;

/// <summary>How often partnerships went from one state to another; null where hidden.</summary>
public sealed record FlowMove(string From, string To, long? Moves);

/// <summary>A state at one side of the drawing, and how much of its height is taken.</summary>
public sealed record FlowNode(string State, double Y, double Height, long Moves, bool IsHidden);

/// <summary>A move as a band from one side to the other; hidden ones are as thin as can be.</summary>
public sealed record FlowBand(FlowMove Move, double From, double To, double Width);

/// <summary>Moves laid out as bands between the states that were left, and those that were come into.</summary>
public sealed class Flow
{
    private const double Scaled = 320;
    private const double Thin = 2;
    private const double Gap = 12;
    private const double Least = 16;

    private Flow(IReadOnlyList<FlowNode> left, IReadOnlyList<FlowNode> right, IReadOnlyList<FlowBand> bands) => (Left, Right, Bands) = (left, right, bands);

    public IReadOnlyList<FlowNode> Left { get; }

    public IReadOnlyList<FlowNode> Right { get; }

    public IReadOnlyList<FlowBand> Bands { get; }

    public double Height => new[] { Left, Right }.Max(side => side.Count == 0 ? 0 : side[^1].Y + side[^1].Height) + Gap;

    /// <summary>The moves that there were, in the order of states.</summary>
    public static Flow Of(IReadOnlyList<FlowMove> moves)
    {
        var there = moves.Where(move => move.Moves is not 0).ToList();
        var unit = Scaled / Math.Max(1, there.Sum(move => move.Moves ?? 0));
        var order = moves.SelectMany(move => new[] { move.From, move.To }).Distinct(StringComparer.Ordinal).ToList();
        var left = Nodes(there.GroupBy(move => move.From, StringComparer.Ordinal), order, unit);
        var right = Nodes(there.GroupBy(move => move.To, StringComparer.Ordinal), order, unit);
        var (leaves, enters) = (left.ToDictionary(node => node.State, node => node.Y), right.ToDictionary(node => node.State, node => node.Y));
        var bands = new List<FlowBand>();
        foreach (var move in there.OrderBy(move => order.IndexOf(move.From)).ThenBy(move => order.IndexOf(move.To)))
        {
            var width = Width(move, unit);
            bands.Add(new(move, leaves[move.From], enters[move.To], width));
            leaves[move.From] += width;
            enters[move.To] += width;
        }

        return new(left, right, bands);
    }

    private static List<FlowNode> Nodes(IEnumerable<IGrouping<string, FlowMove>> states, List<string> order, double unit)
    {
        var nodes = new List<FlowNode>();
        var y = Gap;
        foreach (var state in states.OrderBy(state => order.IndexOf(state.Key)))
        {
            var height = state.Sum(move => Width(move, unit));
            nodes.Add(new(state.Key, y, height, state.Sum(move => move.Moves ?? 0), state.Any(move => move.Moves is null)));
            y += Math.Max(height, Least) + Gap;
        }

        return nodes;
    }

    private static double Width(FlowMove move, double unit) => Math.Max(Thin, (move.Moves ?? 0) * unit);
}
