using PartnerLedger.Api.Analysis;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>Follows one partnership after the other through all events that stand.</summary>
internal sealed class NaiveLives(History history, LifeQuestion question, IReadOnlyDictionary<Guid, DateOnly> recorded)
{
    private readonly NaiveAnalysis population = new(history, question.Partnerships);

    public CountedCourses Courses()
    {
        var lives = population.Opened().Select(p => (Partnership: p.Value, Course: Course(p.Key, p.Value))).ToList();
        var atRisk = lives.FindAll(life => life.Course is not null);
        return new(
            atRisk.ConvertAll(life => life.Course!),
            lives.Count - atRisk.Count,
            atRisk.SelectMany(life => NotesByLandmark(life.Partnership)).Select(note => note.Informant).OfType<Guid>().Distinct().Count())
        {
            Lives = lives.ConvertAll(life => new CountedLife(population.Cell(life.Partnership), life.Course is not null, life.Course?.Ending, life.Course?.IsNoted == true)),
        };
    }

    public CountedMoves Moves()
    {
        var lives = population.Opened().Select(p => Steps(p.Value).Select(step => (State: Lifecycle.StateAfter(step), step.OccurredOn.Day)).ToList()).ToList();
        var moves = lives.SelectMany(life => life.Select((step, i) => new CountedMove(
            i == 0 ? null : life[i - 1].State,
            step.State,
            1,
            i > 0 && life.Zip(life.Skip(1)).ToList().FindIndex(pair => pair.First.State == life[i - 1].State && pair.Second.State == step.State) == i - 1 ? 1 : 0,
            life.FindIndex(other => other.State == step.State) == i ? 1 : 0,
            i == 0 ? 0 : Math.Max(0, step.Day.DayNumber - life[i - 1].Day.DayNumber))));
        return new(
            [.. moves.GroupBy(move => (move.From, move.To)).Select(alike => new CountedMove(
                alike.Key.From, alike.Key.To, alike.Count(), alike.Sum(move => move.Partnerships), alike.Sum(move => move.Entered), alike.Sum(move => move.Days)))],
            [.. lives.Select(life => life[^1]).GroupBy(last => last.State).Select(alike =>
                new CountedStay(alike.Key, alike.Count(), alike.Sum(last => (long)Math.Max(0, question.Until.DayNumber - last.Day.DayNumber))))]);
    }

    private CountedCourse? Course(Guid id, Partnership partnership)
    {
        if (partnership.State is PartnershipState.Unexplored or PartnershipState.Undeveloped || Start(partnership) is not { } start)
        {
            return null;
        }

        var steps = Steps(partnership);
        var end = steps.FirstOrDefault(step => step is PartnershipFailed or PartnershipSuccessful or PartnershipEnded);
        var last = Math.Max(0, (end?.OccurredOn.Day ?? question.Until).DayNumber - start.DayNumber);
        var entry = question.Entry == Entry.Recorded ? Math.Max(0, recorded[id].DayNumber - start.DayNumber) : 0;
        var ending = end is null ? (PartnershipState?)null : Lifecycle.StateAfter(end);
        return question.Landmark is { } landmark
            ? entry <= landmark && last > landmark ? new(landmark, last, ending, NotesByLandmark(partnership).Any(), 1) : null
            : entry < last || last == 0 && entry == 0 ? new(entry, last, ending, false, 1) : null;
    }

    private IEnumerable<FactorNoted> NotesByLandmark(Partnership partnership) => question.Compares
        ? population.Wanted(partnership).Where(note => note.OccurredOn.Day <= Start(partnership)!.Value.AddDays(question.Landmark!.Value))
        : [];

    private static DateOnly? Start(Partnership partnership) => Steps(partnership).OfType<PartnershipProposed>().FirstOrDefault()?.OccurredOn.Day;

    private static IEnumerable<LifecycleEvent> Steps(Partnership partnership) => partnership.Standing.Select(standing => standing.Event).OfType<LifecycleEvent>();
}
