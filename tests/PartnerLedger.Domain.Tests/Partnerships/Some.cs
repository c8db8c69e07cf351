using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Tests.Partnerships;

/// <summary>Ordinary events and values to begin from.</summary>
internal static class Some
{
    public static readonly PartialDate Day = PartialDate.Parse("2024-03-15");
    public static readonly Guid Informant = new("11111111-2222-4333-8444-555555555555");

    public static PartnershipProposed Proposed => new()
    {
        Name = "Clinics and couriers",
        Partners = [new() { Name = "Red Clinic", Sector = Sector.Nonprofit, Country = "PH" }],
        SectorsComplete = true,
        Regions = ["asia-pacific"],
        Purpose = Text("purpose"),
        OccurredOn = Day,
    };

    public static Opening Opening => new()
    {
        Name = "Clinics and couriers",
        Partners = [new() { Sector = Sector.Industry }],
        OccurredOn = Day,
    };

    public static FactorNoted Noted => new() { Factor = "N-TRUST", Topic = "TRUST", Polarity = Polarity.Negative, OccurredOn = Day };

    public static FreeText Text(string text) => FreeText.Commit(new byte[32], text);

    public static LifecycleEvent Becomes(PartnershipState state) => state switch
    {
        PartnershipState.Unexplored => new PartnershipUnexplored { OccurredOn = Day },
        PartnershipState.Proposed => new PartnershipProposed { OccurredOn = Day },
        PartnershipState.Undeveloped => new PartnershipUndeveloped { OccurredOn = Day },
        PartnershipState.Active => new PartnershipActive { OccurredOn = Day },
        PartnershipState.Struggling => new PartnershipStruggling { OccurredOn = Day },
        PartnershipState.Failed => new PartnershipFailed { OccurredOn = Day },
        PartnershipState.Successful => new PartnershipSuccessful { OccurredOn = Day },
        _ => new PartnershipEnded { OccurredOn = Day },
    };

    /// <summary>The shortest way into a state that the table allows.</summary>
    public static IPartnershipEvent[] WayTo(PartnershipState state) => state switch
    {
        PartnershipState.Unexplored or PartnershipState.Proposed or PartnershipState.Undeveloped => [Becomes(state)],
        PartnershipState.Ended => [Proposed, Becomes(PartnershipState.Active), Becomes(PartnershipState.Ended)],
        _ => [Proposed, Becomes(state)],
    };

    public static PartnerJoined Joined(Sector sector, bool? sectorsComplete = null) =>
        new() { Sector = sector, SectorsComplete = sectorsComplete, OccurredOn = Day };

    public static PartnerLeft Left(long partner, int? index = null) => new() { Partner = partner, Index = index, OccurredOn = Day };

    public static EventCorrected Corrected(long version, Replacement by) => new() { Version = version, Reason = Text("typo"), Replacement = by };

    public static EventWithdrawn Withdrawn(long version) => new() { Version = version, Reason = Text("never happened") };

    public static Partnership Folded(params IPartnershipEvent[] events) =>
        events.Aggregate((Partnership?)null, Partnership.Fold) ?? throw new ArgumentException("There are no events.", nameof(events));
}
