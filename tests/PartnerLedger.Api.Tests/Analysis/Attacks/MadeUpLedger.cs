using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>A partnership that a random ledger has: its shape, which of four factors were noted (bits), by whom, and by which of two roads it came to its state.</summary>
internal sealed record MadeUp(Shape Shape, int Noted, int Informant, int Road)
{
    public IReadOnlyList<PartnershipState> Steps => [.. MadeUpLedger.Roads[Shape.State][Road].Split(' ').Select(Words.Parse<PartnershipState>)];
}

/// <summary>Random partnerships, and random questions about them.</summary>
internal static class MadeUpLedger
{
    public static readonly string[] Codes = ["N-FUND", "N-TRUST", "S-FUND", "S-TRUST"];

    /// <summary>How a partnership comes to each state.</summary>
    public static readonly string[][] Roads =
    [
        ["unexplored", "unexplored"], ["proposed", "unexplored proposed"], ["undeveloped", "proposed undeveloped"], ["proposed active", "undeveloped active"],
        ["proposed active struggling", "proposed successful struggling"], ["proposed failed", "proposed successful struggling failed"],
        ["proposed successful", "proposed struggling active successful"], ["proposed active ended", "proposed successful ended"],
    ];

    // Some kinds are much likelier than others, as they are in life.
    public static Gen<MadeUp[]> Partnerships(int most) =>
        from count in Gen.Choose(0, most)
        from sectors in Gen.Choose(1, 7)
        from regions in Gen.Choose(0, 4)
        from states in Gen.Choose(1, 7)
        from isDense in Gen.Elements(false, false, true)
        from all in (
            from rare in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            from sector in rare ? Gen.Choose(0, 7) : Gen.Elements(sectors, 1, 3)
            from complete in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
            from region in rare ? Gen.Choose(0, 7) : Gen.Elements(regions, 4)
            from state in rare ? Gen.Choose(0, 7) : Gen.Elements(states, 3)
            from year in Gen.Elements(Shape.Years)
            from noted in Gen.Choose(0, 15)
            from fewer in Gen.Choose(0, 15)
            from informant in Gen.Choose(0, 12)
            from road in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Constant(1)))
            select new MadeUp(new(sector, complete, region, state, year), isDense ? noted | fewer : noted & fewer, informant, road)).ArrayOf(count)
        select all;

    public static Gen<Asked> Questions() =>
        from route in Gen.Frequency(
            (3, Gen.Constant("summary")), (8, Gen.Constant("factors")), (2, Gen.Constant("contrast")), (2, Gen.Constant("complementarity")),
            (2, Gen.Constant("trend")), (2, Gen.Constant("cooccurrence")), (4, Gen.Constant("incidence")), (4, Gen.Constant("transitions")), (4, Gen.Constant("brief")))
        from sides in Gen.Shuffle(Shape.StateWords)
        from ones in Gen.Choose(1, 2)
        from others in Gen.Choose(1, 2)
        from sector in Some("sector", Shape.SectorWords, 3)
        from region in Some("region", Shape.RegionWords, 4)
        from state in Some("state", Shape.StateWords, 3)
        from split in Some("by", ["sector", "sectors", "region", "regions", "state", "topic"], 0)
        from strata in Some("stratify", ["sector", "region"], 1)
        from factor in Some("factor", Codes, 4)
        select new Asked(route,
        [
            .. sector, .. region,
            .. route is "contrast" or "complementarity" or "brief" ? [] : state,
            .. route is "contrast" or "complementarity"
                ? [.. sides[..ones].Select(word => ("group", word)), .. sides[ones..(ones + others)].Select(word => ("versus", word))]
                : Array.Empty<(string, string)>(),
            .. route == "contrast" ? strata.Take(1) : [],
            // All at once are more than an attacker works out while one waits.
            .. route == "factors" ? split.Take(3) : [],
            .. route is "summary" or "transitions" ? [] : factor,
            .. route == "incidence" && factor.Length > 0 ? [("landmark", "50")] : Array.Empty<(string, string)>(),
        ]);

    /// <summary>Questions for a stratified odds ratio, between sides that some partnerships are on.</summary>
    public static Gen<Asked> StratifiedContrasts() =>
        from sides in Gen.Shuffle(Shape.StateWords)
        from ones in Gen.Choose(2, 6)
        from others in Gen.Frequency((1, Gen.Choose(2, 8 - ones)), (2, Gen.Constant(8 - ones)))
        from stratify in Gen.Elements("sector", "region")
        select new Asked("contrast",
        [
            .. sides[..ones].Select(word => ("group", word)), .. sides[ones..(ones + others)].Select(word => ("versus", word)), ("stratify", stratify),
        ]);

    /// <summary>Logs the partnerships over HTTP; gives the position of the last event.</summary>
    public static async Task<long> Log(LedgerClient leader, MadeUp[] ledger)
    {
        var position = 0L;
        foreach (var one in ledger)
        {
            var opening = one.Steps[0].ToWord();
            var informed = one.Informant == 0 ? "" : $",\"informant\":\"i{one.Informant}\"";
            var opened = (await leader.Post("/api/partnerships",
                $$"""
                {"name":"x","stage":"{{opening}}","partners":[{{Join(Of(Shape.SectorWords, one.Shape.Sectors).Select(word => $$"""{"sector":"{{word}}"}"""))}}],
                 "sectorsComplete":{{(one.Shape.IsComplete ? "true" : "false")}},"regions":[{{Join(Of(Shape.RegionWords, one.Shape.Regions).Select(word => $"\"{word}\""))}}],
                 "occurredOn":"{{one.Shape.Year}}"{{informed}}}
                """)).Must(201);
            (position, var path) = (opened.Position, opened.Header("Location"));
            foreach (var state in one.Steps.Skip(1))
            {
                position = (await leader.Post($"{path}/{state.ToWord()}", $$"""{"occurredOn":"{{one.Shape.Year}}-09"}""")).Must(200).Position;
            }

            if (one.Noted != 0)
            {
                var factors = Join(Of(Codes, one.Noted).Select(word => $"\"{word}\""));
                position = (await leader.Post($"{path}/factors", $$"""{"factors":[{{factors}}],"occurredOn":"{{one.Shape.Year}}"{{informed}}}""")).Must(200).Position;
            }
        }

        return position;
    }

    private static IEnumerable<string> Of(string[] words, int bits) => words.Where((_, i) => (bits >> i & 1) == 1);

    private static string Join(IEnumerable<string> parts) => string.Join(',', parts);

    private static Gen<(string Name, string Value)[]> Some(string name, string[] words, int seldom) =>
        from none in Gen.Choose(0, seldom)
        from some in Gen.SubListOf(words)
        select none > 0 ? [] : some.Take(3).Select(word => (name, word)).ToArray();
}
