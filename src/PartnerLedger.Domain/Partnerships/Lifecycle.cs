using System.Diagnostics;

namespace PartnerLedger.Domain.Partnerships;

/// <summary>Which state may follow which.</summary>
public static class Lifecycle
{
    private static readonly PartnershipState[][] Steps = [.. Enum.GetValues<PartnershipState>().Select(From)];

    /// <summary>The states in which a partnership can begin.</summary>
    public static IReadOnlyList<PartnershipState> Openings { get; } =
        [PartnershipState.Proposed, PartnershipState.Unexplored, PartnershipState.Undeveloped];

    public static IReadOnlyList<PartnershipState> Allowed(PartnershipState state) => Steps[(int)state];

    public static bool Allows(PartnershipState from, PartnershipState to) => Array.IndexOf(Steps[(int)from], to) >= 0;

    /// <summary>The state that an event brings the partnership into.</summary>
    public static PartnershipState StateAfter(LifecycleEvent e) => e switch
    {
        PartnershipUnexplored => PartnershipState.Unexplored,
        PartnershipProposed => PartnershipState.Proposed,
        PartnershipUndeveloped => PartnershipState.Undeveloped,
        PartnershipActive => PartnershipState.Active,
        PartnershipStruggling => PartnershipState.Struggling,
        PartnershipFailed => PartnershipState.Failed,
        PartnershipSuccessful => PartnershipState.Successful,
        PartnershipEnded => PartnershipState.Ended,
        _ => throw new UnreachableException(),
    };

    private static PartnershipState[] From(PartnershipState state) => state switch
    {
        PartnershipState.Unexplored => [PartnershipState.Proposed],
        PartnershipState.Proposed =>
        [
            PartnershipState.Undeveloped, PartnershipState.Active, PartnershipState.Struggling,
            PartnershipState.Successful, PartnershipState.Failed,
        ],
        PartnershipState.Undeveloped => [PartnershipState.Proposed, PartnershipState.Active],
        PartnershipState.Active =>
            [PartnershipState.Struggling, PartnershipState.Successful, PartnershipState.Failed, PartnershipState.Ended],
        PartnershipState.Struggling => [PartnershipState.Active, PartnershipState.Successful, PartnershipState.Failed],
        PartnershipState.Successful => [PartnershipState.Struggling, PartnershipState.Ended],
        _ => [],
    };
}
