using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>What an event changes of the steps that stand.</summary>
internal static class StepRanges
{
    public static void Follow(
        this Ranges<StepKey, KnownStep> ranges, AppendList<StandingStep> before, AppendList<StandingStep> after, RecordedEvent recorded)
    {
        if (recorded.Type is "event_corrected" or "event_withdrawn")
        {
            ranges.Compare(before, after, recorded);
        }
        else if (after.Count > before.Count)
        {
            ranges.Open(after, after.Count - 1, recorded);
        }
    }

    // Both lists are in the order of versions. A step tells of the one before it, so a correction may change what follows it.
    private static void Compare(
        this Ranges<StepKey, KnownStep> ranges, AppendList<StandingStep> before, AppendList<StandingStep> after, RecordedEvent recorded)
    {
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            if (j == after.Count || (i < before.Count && before[i].Version < after[j].Version))
            {
                ranges.Close(before[i++], recorded);
            }
            else if (i == before.Count || after[j].Version < before[i].Version)
            {
                ranges.Open(after, j++, recorded);
            }
            else
            {
                if (StepFacts.Of(before, i) != StepFacts.Of(after, j))
                {
                    ranges.Close(before[i], recorded);
                    ranges.Open(after, j, recorded);
                }

                (i, j) = (i + 1, j + 1);
            }
        }
    }

    private static void Open(this Ranges<StepKey, KnownStep> ranges, AppendList<StandingStep> steps, int index, RecordedEvent recorded) => ranges.Open(
        new(recorded.StreamId, steps[index].Version), new(StepFacts.Of(steps, index), DateOnly.FromDateTime(recorded.RecordedAt)), recorded.Position);

    private static void Close(this Ranges<StepKey, KnownStep> ranges, StandingStep step, RecordedEvent recorded) =>
        ranges.Close(new(recorded.StreamId, step.Version), recorded.Position);
}
