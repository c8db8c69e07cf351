using PartnerLedger.Api.Analysis;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>Reads one partnership after the other for what a brief tells.</summary>
internal static class NaiveBrief
{
    public static CountedBrief Count(NaiveAnalysis population)
    {
        var chosen = population.Chosen.ToList();
        return new(
            Enum.GetValues<PartnershipState>().ToDictionary(state => state, state => (long)chosen.Count(p => p.State == state)),
            [.. population.NotedAnywhere().Select(factor => new BriefedFactor(
                factor,
                Enum.GetValues<Fate>().ToDictionary(fate => fate, fate => Notes(population, chosen.Where(p => CountedBrief.FateOf(p.State) == fate), factor))))]);
    }

    private static CountedNotes Notes(NaiveAnalysis population, IEnumerable<Partnership> partnerships, Factor factor)
    {
        var noted = partnerships.Select(p => (Partnership: p, Notes: population.Wanted(p).Where(note => note.Factor == factor.Code && population.Inside(note.OccurredOn)).ToList()))
            .Where(p => p.Notes.Count > 0).ToList();
        var before = noted.Select(p => (p.Partnership, Notes: p.Notes.FindAll(note => Recovers(p.Partnership, note.OccurredOn.Day)))).Where(p => p.Notes.Count > 0).ToList();
        return new(noted.Count, Informants(noted), before.Count, Informants(before));

        static long Informants(IEnumerable<(Partnership, List<FactorNoted> Notes)> noted) =>
            noted.SelectMany(p => p.Notes).Select(note => note.Informant).OfType<Guid>().Distinct().Count();
    }

    private static bool Recovers(Partnership partnership, DateOnly noted)
    {
        var steps = partnership.Standing.Select(standing => standing.Event).OfType<LifecycleEvent>().ToList();
        return steps.Zip(steps.Skip(1)).Any(step =>
            step.First is PartnershipStruggling or PartnershipUndeveloped && step.Second is PartnershipActive or PartnershipSuccessful && step.Second.OccurredOn.Day >= noted);
    }
}
