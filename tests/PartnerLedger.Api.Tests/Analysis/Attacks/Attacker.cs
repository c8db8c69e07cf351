using System.Text.Json;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>
/// Somebody who has one answer and the unfiltered summary, and works out between which numbers each hidden count must lie. Knows what
/// every reader knows: counts are whole, a factor is noted of at most all, combinations exclude each other, and what has no row is zero.
/// </summary>
internal sealed partial class Attacker(JsonElement summary, long threshold)
{
    private static readonly string[] Measures = ["bySector", "bySpan", "byRegion", "byState"];

    private readonly List<Clue> ofAll = Summary(summary, "", _ => true);

    /// <summary>The hidden counts that were found out: known more closely than the threshold.</summary>
    public IEnumerable<string> FindsOut(Asked asked, JsonElement answer) => asked.Route switch
    {
        "summary" => OfSummary(asked, answer),
        "factors" => Rows(answer).GroupBy(row => $"{row.GetProperty("factor")} {row.GetProperty("topic")} {row.GetProperty("polarity")}")
            .SelectMany(factor => OfFactor(asked, [.. factor])),
        "contrast" => Rows(answer).SelectMany(row => OfSides(asked, row, ("group", "group", 0), ("versus", "versus", 0))).Concat(OfStrata(asked, answer)),
        "complementarity" => Rows(answer).SelectMany(row => OfSides(asked, row, ("negative", "group", 0), ("success", "versus", 1))),
        "trend" => Rows(answer).SelectMany(row => OfYears(asked, [.. row.GetProperty("years").EnumerateArray()])),
        "incidence" => OfEnds(asked, answer),
        "transitions" => OfMoves(asked, [.. Rows(answer)]),
        "brief" => OfFates(asked, answer),
        _ => OfPairs(asked, [.. Rows(answer)]),
    };

    private static List<Clue> Summary(JsonElement told, string name, Func<Shape, bool> isChosen) =>
    [
        new($"{name}partnerships", isChosen, Number(told, "partnerships")),
        .. Measures.SelectMany(measure => told.GetProperty(measure).EnumerateObject().Select(count => new Clue(
            $"{name}{measure} {count.Name}",
            shape => isChosen(shape) && shape.Has(measure, count.Name),
            count.Value.ValueKind == JsonValueKind.Null ? null : count.Value.GetDouble()))),
    ];

    // Whoever varies one dimension leaves the others alone, unless the question chooses by them.
    private IEnumerable<string> OfSummary(Asked asked, JsonElement answer) => new[] { "sector", "region", "state" }
        .SelectMany(dimension => FindOut(asked, [dimension], Summary(answer, "filtered ", shape => shape.IsChosen(asked))));

    private IEnumerable<string> OfFactor(Asked asked, List<JsonElement> rows)
    {
        var by = asked["by"].Where(word => word != "topic").ToArray();
        var there = rows.Select(row => string.Join(' ', WordsOf(row))).ToHashSet();
        var absent = Shape.All([.. by, .. Filters(asked)]).Where(shape => shape.IsChosen(asked)).SelectMany(shape => Cells(by, shape)).DistinctBy(cell => string.Join(' ', cell))
            .Where(cell => !there.Contains(string.Join(' ', cell))).Select(cell => new Clue($"absent {string.Join(' ', cell)}", IsIn(cell), 0));
        return FindOut(asked, by,
            [
                .. absent,
                .. rows.Select(row => new Clue($"of {row}", IsIn(WordsOf(row)), Number(row, "of"))),
                .. rows.Select(row => new Clue($"noted {row}", IsIn(WordsOf(row)), Number(row, "noted"), Noted: 0)),
            ])
            .Concat(rows.Where(row => Number(row, "informants") is null && Number(summary, "informants") < threshold).Select(row => $"informants {row}"));

        string[] WordsOf(JsonElement row) => [.. by.Select(word => row.GetProperty(word).GetString()!)];
        Func<Shape, bool> IsIn(string[] cell) => shape => shape.IsChosen(asked) && by.Zip(cell).All(one => shape.Has(one.First, one.Second));
    }

    private static IEnumerable<string[]> Cells(string[] by, Shape shape) => by.Aggregate(
        (IEnumerable<string[]>)[[]], (cells, word) => cells.SelectMany(cell => shape.Words(word).Select(string[] (one) => [.. cell, one])));

    private IEnumerable<string> OfSides(Asked asked, JsonElement row, params (string Member, string States, int Noted)[] sides) =>
        FindOut(asked, ["state"],
            [
                .. sides.Select(side => new Clue($"of {side.Member} {row}", IsOn(asked, side.States), Number(row.GetProperty(side.Member), "of"))),
                .. sides.Select(side => new Clue($"noted {side.Member} {row}", IsOn(asked, side.States), Number(row.GetProperty(side.Member), "noted"), side.Noted)),
            ]);

    private static Func<Shape, bool> IsOn(Asked asked, string side)
    {
        var states = asked[side].Length > 0 ? asked[side] : side == "group" ? ["struggling", "failed", "unexplored", "undeveloped"] : ["successful"];
        return shape => shape.IsChosen(asked) && states.Any(state => shape.Has("state", state));
    }

    private IEnumerable<string> OfYears(Asked asked, List<JsonElement> years)
    {
        return FindOut(asked, ["year"],
            [
                .. Shape.Years.Where(year => years.TrueForAll(told => Number(told, "year") != year)).Select(year => new Clue($"absent {year}", IsIn(year), 0)),
                .. years.Select(year => new Clue($"of {year}", IsIn(Number(year, "year")), Number(year, "of"), AtLeast: 1)),
                .. years.Select(year => new Clue($"noted {year}", IsIn(Number(year, "year")), Number(year, "noted"), Noted: 0)),
            ]);

        Func<Shape, bool> IsIn(double? year) => shape => shape.IsChosen(asked) && shape.Year == year;
    }

    // Here a partnership is told apart by all that was noted of it.
    private IEnumerable<string> OfPairs(Asked asked, List<JsonElement> rows)
    {
        string[] factors = [.. rows.SelectMany(row => new[] { row.GetProperty("first").GetString()!, row.GetProperty("second").GetString()! }).Distinct()];
        var clues = new List<Clue>();
        foreach (var row in rows)
        {
            var (first, second) = (1 << Array.IndexOf(factors, row.GetProperty("first").GetString()), 1 << Array.IndexOf(factors, row.GetProperty("second").GetString()));
            clues.Add(new($"of {row}", _ => true, Number(row, "of")));
            clues.Add(new($"both {row}", noted => (noted.Sectors & first) != 0 && (noted.Sectors & second) != 0, Number(row, "both"), AtLeast: 1));
            clues.Add(new($"first {row}", noted => (noted.Sectors & first) != 0, Number(row, "firstNoted")));
            clues.Add(new($"second {row}", noted => (noted.Sectors & second) != 0, Number(row, "secondNoted")));
        }

        if (asked["factor"].Length == 0)
        {
            var met = rows.Select(row => (row.GetProperty("first").GetString()!, row.GetProperty("second").GetString()!)).ToHashSet();
            clues.AddRange(
                from i in Enumerable.Range(0, factors.Length)
                from j in Enumerable.Range(0, factors.Length)
                where i != j && !met.Contains((factors[i], factors[j])) && !met.Contains((factors[j], factors[i]))
                select new Clue("never met", noted => (noted.Sectors >> i & 1) == 1 && (noted.Sectors >> j & 1) == 1, 0));
        }

        return rows.Count == 0
            ? []
            : FindOut([.. Enumerable.Range(0, 1 << factors.Length).Select(noted => new Shape(noted, true, 0, 0, 0))], [], clues)
                .Concat(FindOut(asked, [], [new("of", shape => shape.IsChosen(asked), Number(rows[0], "of"))]));
    }

    private IEnumerable<string> FindOut(Asked asked, IEnumerable<string> by, IEnumerable<Clue> clues)
    {
        string[] dimensions = [.. by, .. Filters(asked)];
        return FindOut(
            [.. Shape.All(dimensions)], [.. ofAll.Where(clue => Shape.Tells(dimensions, clue.Name))], [.. clues.Where(clue => Shape.Tells(dimensions, clue.Name))]);
    }

    // A hidden count is found out where the answer tells more closely what it is than the threshold is wide, and the summary alone did not.
    private IEnumerable<string> FindOut(Shape[] all, List<Clue> before, List<Clue> clues)
    {
        var now = new Known(all, [.. before, .. clues], []);
        foreach (var clue in before.Concat(clues).Where(clue => clue.Count is null))
        {
            var (low, high) = now.Range(clue);
            if (high - low < threshold - 1e-6
                && (before.Contains(clue) || (new Known(all, before, [clue]).Range(clue) is var alone && alone.High - alone.Low >= threshold - 1e-6)))
            {
                yield return $"{clue.Name} lies from {low} to {high}";
            }
        }
    }

    private static IEnumerable<string> Filters(Asked asked) => new[] { "sector", "region", "state" }.Where(by => asked[by].Length > 0);

    private static IEnumerable<JsonElement> Rows(JsonElement answer) => answer.GetProperty("rows").EnumerateArray();

    private static double? Number(JsonElement row, string member) =>
        row.TryGetProperty(member, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;
}
