namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>A count that was told, or hidden: of which partnerships, and where it says in how many of them something was noted, what.</summary>
internal sealed record Clue(string Name, Func<Shape, bool> Counts, double? Count, int? Noted = null, double AtLeast = 0)
{
    /// <summary>What is counted beside partnerships, by its name, and how often.</summary>
    public IReadOnlyList<(string Name, int Times)> Beside { get; init; } = [];
}

/// <summary>What is known of partnerships of certain shapes, and of which of them something was noted, from clues.</summary>
internal sealed class Known
{
    private readonly List<Shape> shapes;
    private readonly List<string> beside;
    private readonly int layers;
    private readonly Feasible feasible;

    public Known(Shape[] all, List<Clue> clues, List<Clue> askedLater)
    {
        // What is of no partnership has none of any kind, and kinds that no clue tells apart are one.
        shapes = [.. all.Where(shape => !clues.Exists(clue => clue is { Count: 0, Noted: null, Beside.Count: 0 } && clue.Counts(shape)))
            .DistinctBy(shape => string.Concat(clues.Concat(askedLater).Select(clue => clue.Counts(shape) ? '1' : '0')))];
        layers = clues.Concat(askedLater).Select(clue => clue.Noted).OfType<int>().DefaultIfEmpty(-1).Max() + 1;
        beside = [.. clues.Concat(askedLater).SelectMany(clue => clue.Beside).Select(one => one.Name).Distinct()];
        feasible = new((shapes.Count << layers) + beside.Count,
        [
            .. clues.Where(clue => clue.Count is not null).DistinctBy(clue => string.Concat(Terms(clue))).Select(clue => (Terms(clue), clue.Count!.Value, false)),
            .. clues.Where(clue => clue is { Count: null, AtLeast: > 0 }).Select(clue => (Terms(clue).Select(term => -term).ToArray(), -clue.AtLeast, true)),
        ]);
        Assert.True(feasible.IsPossible, $"What is told cannot be: {string.Join('\n', clues.Select(clue => $"{clue.Name}: {clue.Count}"))}");
    }

    public (double Low, double High) Range(Clue clue) => feasible.Range(Terms(clue));

    // The unknowns are the partnerships of each shape, told apart by what was noted of them: of all layers, or of some, or of none.
    private double[] Terms(Clue clue)
    {
        var terms = new double[(shapes.Count << layers) + beside.Count];
        for (var i = 0; i < shapes.Count << layers; i++)
        {
            terms[i] = clue.Counts(shapes[i >> layers]) && (clue.Noted is not { } noted || ((i >> noted) & 1) == 1) ? 1 : 0;
        }

        foreach (var (name, times) in clue.Beside)
        {
            terms[terms.Length - beside.Count + beside.IndexOf(name)] = times;
        }

        return terms;
    }
}
