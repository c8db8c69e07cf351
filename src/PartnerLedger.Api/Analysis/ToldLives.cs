using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>How much a curve tells of the partnerships that it is about.</summary>
internal enum Told
{
    Nothing,

    /// <summary>How many were at risk.</summary>
    Partnerships,

    /// <summary>How many met which end.</summary>
    Ends,

    /// <summary>How many of each group did.</summary>
    Groups,
}

/// <summary>
/// How much a curve may tell beside the unfiltered summary: who met an end is in some state now, so what is told of ends tells of states, too.
/// Partnerships are thought of in other states, or of other sectors or regions, as long as they could have met the same end.
/// </summary>
internal sealed class ToldLives(Population population, LifeQuestion question, IReadOnlyList<CountedLife> lives, long threshold)
{
    private const string LeftOut = "left out";

    public Told Most => new[] { Told.Groups, Told.Ends, Told.Partnerships }.FirstOrDefault(IsSafe);

    private bool IsSafe(Told told)
    {
        PartnershipState?[] endings = told == Told.Partnerships ? [null] : [null, PartnershipState.Failed, PartnershipState.Successful];
        bool[] noted = told == Told.Groups && question.Compares ? [false, true] : [false];
        var classes = endings.SelectMany(ending => noted.Select(isNoted => (Ending: ending, IsNoted: isNoted))).ToDictionary(one => $"{one}", one => one.Ending);
        var labelled = lives.Select(life => (life.Cell, Label(life))).ToList();
        var (kinds, summary) = population.Beside([Dimension.State], labelled, [.. classes.Keys, LeftOut], MayBe);
        var counts = classes.Keys.Select(label => new Margin(
            kinds.Where((_, kind) => kind == label), labelled.Where(one => one.Item2 == label).Sum(one => one.Cell.Partnerships)));
        return new SecondarySuppression(kinds.Counts, [.. summary, .. counts], threshold).Protect();

        string Label(CountedLife life) => life.IsAtRisk
            ? $"{(Ending: endings.Contains(life.Ending) ? life.Ending : null, IsNoted: noted.Contains(life.IsNoted) && life.IsNoted)}"
            : LeftOut;

        bool MayBe(CountedCell cell, string label) => label == LeftOut
            ? IsPotential(cell.State) || question.Landmark is not null || question.Entry == Entry.Recorded || cell.State != PartnershipState.Proposed
            : !IsPotential(cell.State) && (told == Told.Partnerships || MayHaveMet(classes[label], cell.State));
    }

    private static bool IsPotential(PartnershipState state) => CountedBrief.FateOf(state) == Fate.Potential;

    // Who succeeded may struggle again; who failed, or ended, stays so.
    private static bool MayHaveMet(PartnershipState? ending, PartnershipState state) => ending switch
    {
        PartnershipState.Failed => state == PartnershipState.Failed,
        PartnershipState.Successful => state != PartnershipState.Proposed,
        _ => state is not (PartnershipState.Failed or PartnershipState.Successful),
    };
}
