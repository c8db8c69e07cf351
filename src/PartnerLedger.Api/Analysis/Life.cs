using System.Runtime.InteropServices;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>The days of a partnership's life that time is counted between; null is what did not happen.</summary>
/// <param name="Since">When it came into the state it is in.</param>
/// <param name="Proposed">When it was first proposed.</param>
/// <param name="Ended">When it first failed, succeeded or ended.</param>
/// <param name="Ending">Which of these it was.</param>
/// <param name="Recovered">When it last came from struggling or undeveloped to active or successful, by the calendar.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Life(DateOnly? Since, DateOnly? Proposed, DateOnly? Ended, PartnershipState? Ending, DateOnly? Recovered)
{
    /// <summary>First is what was recorded first: that order drives the lifecycle, whatever the days.</summary>
    public static Life Of(AppendList<StandingStep> steps)
    {
        var (life, left) = (default(Life), (PartnershipState?)null);
        foreach (var step in steps)
        {
            life = life with { Since = step.OccurredOn.Day };
            if (left is PartnershipState.Struggling or PartnershipState.Undeveloped
                && step.State is PartnershipState.Active or PartnershipState.Successful
                && !(life.Recovered > step.OccurredOn.Day))
            {
                life = life with { Recovered = step.OccurredOn.Day };
            }

            left = step.State;
            if (step.State == PartnershipState.Proposed && life.Proposed is null)
            {
                life = life with { Proposed = step.OccurredOn.Day };
            }
            else if (step.State is PartnershipState.Failed or PartnershipState.Successful or PartnershipState.Ended && life.Ended is null)
            {
                life = life with { Ended = step.OccurredOn.Day, Ending = step.State };
            }
        }

        return life;
    }
}
