using System.Text.Json;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>Knows the lifecycle, too: what may follow what, and in which states those can be who met an end.</summary>
internal sealed partial class Attacker
{
    private static readonly string[] Potential = ["unexplored", "undeveloped"];
    private static readonly string[] Classes = ["left out", "failed", "successful", "neither"];

    // Whoever was followed met an end soon or not at all: so the probabilities are counts. A shape's year says here which end was met, and in which group.
    private IEnumerable<string> OfEnds(Asked asked, JsonElement answer)
    {
        var shapes = Shape.All(["state", .. Filters(asked)])
            .SelectMany(shape => Enumerable.Range(0, 2 * Classes.Length).Select(kind => shape with { Year = kind }))
            .Where(shape => MayHaveMet(Classes[shape.Year / 2], Shape.StateWords[shape.State], asked["landmark"].Length > 0)).ToArray();
        var clues = Curve("", answer, _ => true).ToList();
        foreach (var group in answer.TryGetProperty("groups", out var groups) && groups.ValueKind == JsonValueKind.Array ? groups.EnumerateArray().ToList() : [])
        {
            clues.AddRange(Curve($"noted {group.GetProperty("noted")}: ", group, shape => shape.Year % 2 == (group.GetProperty("noted").GetBoolean() ? 1 : 0)));
        }

        return FindOut(shapes, Known("state", asked), clues);

        IEnumerable<Clue> Curve(string name, JsonElement curve, Func<Shape, bool> isIn)
        {
            var of = Number(curve, "partnerships");
            yield return new($"{name}at risk", shape => shape.IsChosen(asked) && isIn(shape) && shape.Year >= 2, of);
            foreach (var (ending, i) in new[] { ("failed", 1), ("successful", 2) })
            {
                if (of is not null && curve.GetProperty(ending).ValueKind == JsonValueKind.Object)
                {
                    yield return new(
                        $"{name}{ending} first", shape => shape.IsChosen(asked) && isIn(shape) && shape.Year / 2 == i,
                        Math.Round(of.Value * curve.GetProperty(ending).GetProperty("value").GetDouble(), 6));
                }
            }
        }
    }

    private static bool MayHaveMet(string end, string state, bool hasLandmark) => end switch
    {
        "left out" => hasLandmark || Potential.Contains(state) || state != "proposed",
        "failed" => state == "failed",
        "successful" => !Potential.Contains(state) && state != "proposed",
        _ => !Potential.Contains(state) && state is not ("failed" or "successful"),
    };

    // Who came into a state, or began there, left it or is there.
    private IEnumerable<string> OfMoves(Asked asked, List<JsonElement> rows)
    {
        var moves = rows.ConvertAll(row => (From: row.GetProperty("from").GetString()!, To: row.GetProperty("to").GetString()!, Count: Number(row, "moves")));
        List<Clue> clues =
        [
            .. moves.Select(move => new Clue($"{move.From} to {move.To}", _ => false, move.Count) { Beside = [($"{move.From} {move.To}", 1)] }),
            .. Shape.StateWords.Select(state => new Clue($"balance of {state}", IsThere(state), 0)
            {
                Beside =
                [
                    .. moves.Where(move => move.From == state).Select(move => ($"{move.From} {move.To}", 1)),
                    .. moves.Where(move => move.To == state).Select(move => ($"{move.From} {move.To}", -1)),
                    .. Lifecycle.Openings.Where(opening => opening.ToWord() == state).Select(_ => (state, -1)),
                ],
            }),
        ];
        var shapes = Shape.All(["state", .. Filters(asked)]).ToArray();
        var known = new Known(shapes, [.. Known("state", asked), .. clues], []);
        var few = Shape.StateWords.Where(state => known.Range(new(state, IsThere(state), null)) is { Low: >= 1 } range && range.High < threshold)
            .Where(_ => Filters(asked).Any()).Select(state => $"few are {state}");
        return FindOut(shapes, Known("state", asked), clues).Concat(few);

        Func<Shape, bool> IsThere(string state) => shape => shape.IsChosen(asked) && shape.Has("state", state);
    }

    private IEnumerable<string> OfFates(Asked asked, JsonElement answer)
    {
        (string Name, string[] States)[] fates = [("troubled", ["struggling", "failed"]), ("potential", Potential), ("successful", ["successful"])];
        var shapes = Shape.All(["state", .. Filters(asked)]).ToArray();
        List<Clue> populations =
        [
            new("partnerships", shape => shape.IsChosen(asked), Number(answer, "partnerships")),
            .. fates.Select(fate => new Clue($"of {fate.Name}", IsOf(fate.States), Number(answer, fate.Name))),
        ];
        return FindOut(shapes, Known("state", asked), populations).Concat(Rows(answer).SelectMany(row => FindOut(shapes, Known("state", asked),
        [
            .. populations,
            .. fates.Select(fate => new Clue($"noted {fate.Name} {row.GetProperty("factor")}", IsOf(fate.States), Number(row.GetProperty(fate.Name), "noted"), Noted: 0)),
            new($"noted of all {row.GetProperty("factor")}", shape => shape.IsChosen(asked), Number(row.GetProperty("recovered"), "of"), Noted: 0),
            .. row.GetProperty("buildOn").EnumerateArray().Select((help, i) => new Clue(
                $"noted {help.GetProperty("factor")}", IsOf(["successful"]), Number(help.GetProperty("successful"), "noted"), Noted: i + 1)),
        ])));

        Func<Shape, bool> IsOf(string[] states) => shape => shape.IsChosen(asked) && states.Any(state => shape.Has("state", state));
    }

    private List<Clue> Known(string by, Asked asked) => ofAll.FindAll(clue => Shape.Tells([by, .. Filters(asked)], clue.Name));
}
