using System.Text.Json;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>Works back from a stratified odds ratio to the tables that it was made of, and from these to what they hide.</summary>
internal sealed partial class Attacker
{
    private IEnumerable<string> OfStrata(Asked asked, JsonElement answer)
    {
        if (!answer.TryGetProperty("strata", out var told))
        {
            return [];
        }

        var by = asked["stratify"] is ["sector"] ? "sectors" : "regions";
        var rows = Rows(answer).ToDictionary(row => row.GetProperty("factor").GetString()!);
        return told.EnumerateArray().SelectMany(strata => FindOut(asked, ["state", by],
        [
            .. new[] { "group", "versus" }.SelectMany(side => OfSide(rows[strata.GetProperty("factor").GetString()!], side)),
            .. strata.GetProperty("apart").EnumerateArray().SelectMany(stratum => Tables(stratum.GetProperty("table"), [stratum.GetProperty("word").GetString()!])),
            .. Tables(strata.GetProperty("together"), [.. strata.GetProperty("hidden").EnumerateArray().Select(stratum => stratum.GetProperty("word").GetString()!)]),
            .. strata.GetProperty("hidden").EnumerateArray().SelectMany(Hidden),
        ]));

        IEnumerable<Clue> OfSide(JsonElement row, string side) =>
        [
            new($"of {side} {row}", IsOn(asked, side), Number(row.GetProperty(side), "of")),
            new($"noted {side} {row}", IsOn(asked, side), Number(row.GetProperty(side), "noted"), Noted: 0),
        ];

        IEnumerable<Clue> Tables(JsonElement table, string[] words) => table.ValueKind == JsonValueKind.Null
            ? []
            : table.EnumerateObject().Select(count => Cell(count.Name, words, count.Value.GetDouble()));

        IEnumerable<Clue> Hidden(JsonElement stratum) =>
            stratum.GetProperty("of").EnumerateArray().Select(count => Cell(count.GetString()!, [stratum.GetProperty("word").GetString()!], null));

        Clue Cell(string count, string[] words, double? number) => new(
            $"{count} of {string.Join(" or ", words)}",
            shape => IsOn(asked, count.Split(' ')[1])(shape) && Array.Exists(words, word => shape.Has(by, word)),
            number,
            count.StartsWith("noted", StringComparison.Ordinal) ? 0 : null);
    }
}
