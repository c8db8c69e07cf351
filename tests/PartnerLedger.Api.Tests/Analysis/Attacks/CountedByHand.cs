using System.Text.Json;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>What the service would answer an analyst, with the counting done here and not in a database: so that many ledgers can be tried.</summary>
internal sealed class CountedByHand(MadeUp[] ledger, Disclosure disclosure)
{
    public static readonly Catalogue Catalogue = StarterCatalogue.Events.Aggregate(Catalogue.Empty, Catalogue.Fold);

    public JsonElement Answer(Asked asked)
    {
        var (all, chosen) = (Count(ledger), ledger.Where(one => one.Shape.IsChosen(asked)).ToArray());
        var question = Question(asked);
        return JsonSerializer.SerializeToElement(
            asked.Route switch
            {
                "summary" => disclosure.Answer(Count(chosen), all, question, Shape.RegionWords),
                "factors" => new { rows = disclosure.Answer(Factors(chosen, question), all, question) },
                "contrast" => Contrast(asked, question, all),
                "complementarity" => Complementarity(asked, question, all),
                "trend" => new { rows = disclosure.Answer(Years(chosen, question), all, question) },
                "incidence" => Incidence(chosen, question, all),
                "transitions" => new { rows = disclosure.Answer(LivesByHand.Moves(chosen), all, Count(chosen), question) },
                "brief" => disclosure.Answer(LivesByHand.Brief(chosen, [.. Known(question)]), all, question),
                _ => (object)new { rows = disclosure.Answer(Pairs(chosen, question), Profiles(chosen), all, question) },
            },
            Json.Options);
    }

    private Curves Incidence(MadeUp[] chosen, AnalysisQuestion question, Disclosure.Counted<CountedPartnerships> all)
    {
        var landmark = question.ChoosesFactors ? 50 : (int?)null;
        var curves = disclosure.Answer(
            LivesByHand.Courses(chosen, question.Factors, landmark), all, new(question, default) { Landmark = landmark }, new(new() { Landmark = landmark }));
        return new(curves.All.Partnerships, curves.All.Failed, curves.All.Successful, curves.Groups);
    }

    private object Contrast(Asked asked, AnalysisQuestion question, Disclosure.Counted<CountedPartnerships> all)
    {
        var contrast = new Contrast(
            new()
            {
                Group = Words<PartnershipState>(asked["group"]),
                Versus = Words<PartnershipState>(asked["versus"]),
                Stratify = asked["stratify"] is [var strata] ? Word<Stratify>.Parse(strata, null) : null,
            },
            states: null);
        question = question with { By = contrast.By, States = contrast.States, StatesAsOne = contrast.Sides };
        var sides = Factors(Of(question), question with { By = new HashSet<By> { By.State } });
        var rows = disclosure.Answer(Factors(Of(question), question), sides, all, question, contrast);
        return new { rows, strata = Strata(rows, FactorRows(Of(question), question), disclosure.Strata(all, question, contrast), contrast) };
    }

    // An odds ratio and its limits to fifteen digits are taken to tell the tables that they were made of, and which strata these are.
    private IEnumerable<object> Strata(IReadOnlyList<ContrastRow> rows, IReadOnlyList<CountedFactor> counts, ShownStrata? shown, Contrast contrast) =>
        from row in rows
        where row.StratifiedOddsRatio is not null
        let told = shown!.Tell(contrast.StrataOf(counts.Where(count => count.Factor == row.Factor)))
        select new
        {
            row.Factor,
            Apart = told.Apart.Select(stratum => new { Word = WordOf(stratum), Table = Counts(stratum.Table) }),
            Together = told.Together.Count == 0 ? null : Counts(CountedStratum.Sum(told.Together).Table),
            Hidden = told.Together.Select(stratum => new { Word = WordOf(stratum), Of = Small(stratum) }),
        };

    private static Dictionary<string, long> Counts(TwoByTwo table) =>
        new(StringComparer.Ordinal) { ["of group"] = table.Of, ["of versus"] = table.VersusOf, ["noted group"] = table.Noted, ["noted versus"] = table.VersusNoted };

    // What analysts may not see: small numbers of partnerships, or of people who noted it.
    private IEnumerable<string> Small(CountedStratum stratum) => Counts(stratum.Table).Where(count => IsSmall(count.Value)
            || (count.Key == "noted group" && IsSmall(stratum.Informants)) || (count.Key == "noted versus" && IsSmall(stratum.VersusInformants)))
        .Select(count => count.Key);

    private bool IsSmall(long count) => count > 0 && count < disclosure.Threshold;

    private static string WordOf(CountedStratum stratum) => stratum.Group.Sectors is { } sectors ? Shape.Combination(Shape.SectorWords, sectors)
        : stratum.Group.Regions is "" or null ? "none"
        : stratum.Group.Regions;

    private object Complementarity(Asked asked, AnalysisQuestion question, Disclosure.Counted<CountedPartnerships> all)
    {
        var complementarity = new Complementarity(new() { Group = Words<PartnershipState>(asked["group"]), Versus = Words<PartnershipState>(asked["versus"]) });
        question = question with { By = new HashSet<By> { By.State, By.Topic }, States = complementarity.States };
        return new { rows = disclosure.Answer(Factors(Of(question), question), all, question, complementarity).Rows };
    }

    private MadeUp[] Of(AnalysisQuestion question) => [.. ledger.Where(one =>
        question.States.Contains((PartnershipState)one.Shape.State)
        && (question.Sectors.Count == 0 || question.Sectors.Any(sector => one.Shape.Has("sector", sector.ToWord())))
        && (question.Regions.Count == 0 || question.Regions.Any(region => one.Shape.Has("region", region))))];

    private static AnalysisQuestion Question(Asked asked) => new AnalysisQuestion
    {
        States = [.. asked["state"].Select(Domain.Words.Parse<PartnershipState>)],
        Sectors = [.. asked["sector"].Select(Domain.Words.Parse<Sector>)],
        Regions = asked["region"],
        Factors = asked["factor"],
        By = asked["by"].Select(Domain.Words.Parse<By>).ToHashSet(),
    } is var question && asked.Route == "brief" && question.Sectors.Count > 0 ? question with { Sectors = [], Combination = SectorBits.Of(question.Sectors) } : question;

    private static Word<T>[] Words<T>(string[] words)
        where T : struct, Enum => [.. words.Select(word => Word<T>.Parse(word, null))];

    public static CountedCell Cell(Shape shape, long count) => new(
        (PartnershipState)shape.State, (short)shape.Sectors, shape.IsComplete, [.. Shape.RegionWords.Where(region => shape.Has("region", region))], count);

    private static Disclosure.Counted<CountedPartnerships> Count(MadeUp[] some) => new(
        new([.. some.GroupBy(one => one.Shape with { Year = 0 }).Select(alike => Cell(alike.Key, alike.Count()))], Informants(some)), 1);

    public static long Informants(IEnumerable<MadeUp> some) => some.Select(one => one.Informant).Where(informant => informant > 0).Distinct().LongCount();

    private Disclosure.Counted<IReadOnlyList<CountedFactor>> Factors(MadeUp[] chosen, AnalysisQuestion question) => new(FactorRows(chosen, question), 1);

    private IReadOnlyList<CountedFactor> FactorRows(MadeUp[] chosen, AnalysisQuestion question)
    {
        var cells = chosen.SelectMany(one => RowCell.Of(Cell(one.Shape, 1), question.By).Select(cell => (cell with { State = Told(cell.State) }, one)))
            .ToLookup(one => one.Item1, one => one.one);
        var byTopic = question.By.Contains(By.Topic);
        var rows =
            from what in Known(question).GroupBy(code => byTopic ? $"{Catalogue.Factors[code].Topic} {Catalogue.Factors[code].Polarity}" : code)
            let codes = what.ToList()
            from cell in cells
            let noted = cell.Where(one => codes.Exists(code => Has(one, code))).ToList()
            select new CountedFactor
            {
                Factor = byTopic ? null : codes[0],
                Topic = Catalogue.Factors[codes[0]].Topic,
                Polarity = Catalogue.Factors[codes[0]].Polarity,
                Sector = cell.Key.Sector,
                Sectors = cell.Key.Sectors,
                Region = cell.Key.Region,
                Regions = cell.Key.Regions,
                State = cell.Key.State,
                Noted = noted.Count,
                Of = cell.LongCount(),
                Informants = Informants(noted),
            };
        return [.. CountedFactor.Order(rows, row => row)];

        PartnershipState? Told(PartnershipState? state) =>
            question.StatesAsOne.Where(alike => state is not null && alike.Contains(state.Value)).Select(alike => (PartnershipState?)alike[0]).FirstOrDefault() ?? state;
    }

    private IEnumerable<string> Known(AnalysisQuestion question) =>
        MadeUpLedger.Codes.Where(code => ledger.Any(one => Has(one, code)) && question.Wants(Catalogue.Factors[code]));

    private Disclosure.Counted<IReadOnlyList<CountedYears>> Years(MadeUp[] chosen, AnalysisQuestion question) => new(
        [.. Known(question).Select(code => new CountedYears(code, Catalogue.Factors[code], [.. chosen.GroupBy(one => one.Shape.Year).OrderBy(year => year.Key)
            .Select(year => new CountedYear(year.Key, year.Count(one => Has(one, code)), year.LongCount(), Informants(year.Where(one => Has(one, code)))))]))
            .Where(factor => factor.Years.Count > 0)], 1);

    private static Disclosure.Counted<IReadOnlyList<CountedPair>> Pairs(MadeUp[] chosen, AnalysisQuestion question) => new(
        [..
            from first in MadeUpLedger.Codes
            from second in MadeUpLedger.Codes
            where string.CompareOrdinal(first, second) < 0 && (question.Wants(Catalogue.Factors[first]) || question.Wants(Catalogue.Factors[second]))
            let both = chosen.Count(one => Has(one, first) && Has(one, second))
            where both > 0
            select new CountedPair(first, second, both, chosen.Count(one => Has(one, first)), chosen.Count(one => Has(one, second)), chosen.Length)
            {
                FirstInformants = Informants(chosen.Where(one => Has(one, first))),
                SecondInformants = Informants(chosen.Where(one => Has(one, second))),
            },
        ], 1);

    private static Disclosure.Counted<IReadOnlyList<CountedProfile>> Profiles(MadeUp[] chosen) => new(
        [.. chosen.GroupBy(one => one.Noted).Select(alike => new CountedProfile([.. MadeUpLedger.Codes.Where(code => Has(alike.First(), code))], alike.LongCount()))], 1);

    public static bool Has(MadeUp one, string code) => (one.Noted >> Array.IndexOf(MadeUpLedger.Codes, code) & 1) == 1;

    private sealed record Curves(long? Partnerships, Incidence? Failed, Incidence? Successful, IReadOnlyList<GroupCurve>? Groups);
}
