using PartnerLedger.Api.Analysis;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>What became of made-up partnerships: they open on a July 1st, all else happens on the 16th of September after, and they are followed for long.</summary>
internal static class LivesByHand
{
    private const int Days = 77;
    private const int Long = 3000;

    public static Disclosure.Counted<CountedCourses> Courses(MadeUp[] chosen, IReadOnlyList<string> factors, int? landmark)
    {
        var lives = chosen.Select(one => (One: one, Life: new CountedLife(
            CountedByHand.Cell(one.Shape, 1), IsAtRisk(one), IsAtRisk(one) ? Ending(one) : null, landmark is not null && factors.Any(code => CountedByHand.Has(one, code))))).ToList();
        var atRisk = lives.FindAll(life => life.Life.IsAtRisk);
        return new(
            new(
                atRisk.ConvertAll(life => new CountedCourse(landmark ?? 0, life.Life.Ending is null ? Long : Days, life.Life.Ending, life.Life.IsNoted, 1)),
                lives.Count - atRisk.Count,
                CountedByHand.Informants(atRisk.Where(life => life.Life.IsNoted).Select(life => life.One)))
            {
                Lives = lives.ConvertAll(life => life.Life.IsAtRisk ? life.Life : life.Life with { IsNoted = false }),
            },
            1);
    }

    public static Disclosure.Counted<CountedMoves> Moves(MadeUp[] chosen) => new(
        new(
            [.. chosen.SelectMany(one => one.Steps.Select((to, i) => (From: i == 0 ? (PartnershipState?)null : one.Steps[i - 1], To: to)))
                .GroupBy(move => move).Select(alike => new CountedMove(alike.Key.From, alike.Key.To, alike.Count(), alike.Count(), alike.Count(), Days * alike.Count()))],
            [.. chosen.GroupBy(one => one.Steps[^1]).Select(alike => new CountedStay(alike.Key, alike.Count(), Long * alike.Count()))]),
        1);

    public static Disclosure.Counted<CountedBrief> Brief(MadeUp[] chosen, string[] codes) => new(
        new(
            Enum.GetValues<PartnershipState>().ToDictionary(state => state, state => chosen.LongCount(one => one.Steps[^1] == state)),
            [.. codes.Order(StringComparer.Ordinal).Select(code => new BriefedFactor(
                CountedByHand.Catalogue.Factors[code],
                Enum.GetValues<Fate>().ToDictionary(fate => fate, fate => Notes(chosen.Where(one => CountedBrief.FateOf(one.Steps[^1]) == fate && CountedByHand.Has(one, code))))))]),
        1);

    private static CountedNotes Notes(IEnumerable<MadeUp> noted)
    {
        var recovered = noted.Where(Recovers).ToList();
        return new(noted.LongCount(), CountedByHand.Informants(noted), recovered.Count, CountedByHand.Informants(recovered));
    }

    private static bool Recovers(MadeUp one) => one.Steps.Zip(one.Steps.Skip(1)).Any(step =>
        step.First is PartnershipState.Struggling or PartnershipState.Undeveloped && step.Second is PartnershipState.Active or PartnershipState.Successful);

    private static bool IsAtRisk(MadeUp one) =>
        one.Steps.Contains(PartnershipState.Proposed) && one.Steps[^1] is not (PartnershipState.Unexplored or PartnershipState.Undeveloped);

    private static PartnershipState? Ending(MadeUp one) => one.Steps.Cast<PartnershipState?>().FirstOrDefault(step => CountedCourse.Endings.Contains(step!.Value));
}
