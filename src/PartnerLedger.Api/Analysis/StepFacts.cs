using System.Runtime.InteropServices;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>Which step of which partnership.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StepKey(Guid Stream, long Version);

/// <summary>A step as it was known, and since which day.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KnownStep(StepFacts Facts, DateOnly Recorded);

/// <summary>What a step of a partnership's life is counted by: the state it came into and the one it left, with the days on which it came into each.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StepFacts(
    PartnershipState State, DateOnly Occurred, PartnershipState? Left, DateOnly? LeftSince, bool IsFirstEntry, bool IsFirstMove)
{
    public static StepFacts Of(AppendList<StandingStep> steps, int index)
    {
        var (step, left) = (steps[index], index == 0 ? (StandingStep?)null : steps[index - 1]);
        var (isFirstEntry, isFirstMove) = (true, left is not null);
        for (var earlier = 0; earlier < index; earlier++)
        {
            if (steps[earlier].State == step.State)
            {
                isFirstEntry = false;
                isFirstMove &= earlier == 0 || steps[earlier - 1].State != left!.Value.State;
            }
        }

        return new(step.State, step.OccurredOn.Day, left?.State, left?.OccurredOn.Day, isFirstEntry, isFirstMove);
    }
}
