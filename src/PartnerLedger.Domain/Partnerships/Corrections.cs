namespace PartnerLedger.Domain.Partnerships;

// What stands once each event has been corrected or withdrawn.
internal static class Corrections
{
    public static IEnumerable<(long Version, IPartnershipEvent Event, TextPlace? PurposeFrom)> Of(AppendList<IPartnershipEvent> recorded)
    {
        var standing = recorded.AsSpan().ToArray();
        var withdrawn = new bool[standing.Length];
        var purposeFrom = new TextPlace?[standing.Length];
        for (var i = 0; i < standing.Length; i++)
        {
            switch (recorded[i])
            {
                case EventWithdrawn e when Reaches(recorded, i, e.Version):
                    withdrawn[e.Version - 1] = true;
                    break;
                case EventCorrected e when Reaches(recorded, i, e.Version):
                    withdrawn[e.Version - 1] = false;
                    standing[e.Version - 1] = Correct(standing[e.Version - 1], e.Replacement);
                    if (e.Replacement.Purpose.HasValue) purposeFrom[e.Version - 1] = new(i + 1, "/replacement/purpose");
                    break;
                default:
                    break;
            }
        }

        for (var i = 0; i < standing.Length; i++)
        {
            if (!withdrawn[i]) yield return (i + 1, standing[i], purposeFrom[i]);
        }
    }

    public static bool CanBeCorrected(IPartnershipEvent e) => e is not (EventCorrected or EventWithdrawn or TextErased);

    // Only what was recorded before can be corrected.
    private static bool Reaches(AppendList<IPartnershipEvent> recorded, int correction, long version) =>
        version >= 1 && version <= correction && CanBeCorrected(recorded[(int)version - 1]);

    private static IPartnershipEvent Correct(IPartnershipEvent e, Replacement by) => e switch
    {
        StageEvent stage => Correct(stage, by),
        LifecycleEvent step => Correct(step, by),
        FactorNoted noted => noted with
        {
            Factor = by.Factor.Or(noted.Factor),
            Polarity = by.Polarity.Or(noted.Polarity),
            Topic = by.Topic.Or(noted.Topic),
            Note = by.Note.OrClear(noted.Note),
            Informant = by.Informant.OrClear(noted.Informant),
            InformantRegion = by.InformantRegion.OrClear(noted.InformantRegion),
            OccurredOn = by.OccurredOn.Or(noted.OccurredOn),
        },
        PartnerJoined joined => joined with
        {
            Name = by.Name.OrClear(joined.Name),
            Sector = by.Sector.Or(joined.Sector),
            Country = by.Country.OrClear(joined.Country),
            SectorsComplete = by.SectorsComplete.OrClear(joined.SectorsComplete),
            OccurredOn = by.OccurredOn.Or(joined.OccurredOn),
        },
        PartnerLeft left => left with { Reason = by.Reason.OrClear(left.Reason), OccurredOn = by.OccurredOn.Or(left.OccurredOn) },
        PartnershipRenamed renamed => renamed with { Name = by.Name.Or(renamed.Name) },
        RegionsChanged changed => changed with { Regions = by.Regions.Or(changed.Regions) },
        _ => e,
    };

    private static StageEvent Correct(StageEvent e, Replacement by) => (StageEvent)Correct((LifecycleEvent)e, by) with
    {
        Name = by.Name.HasValue ? by.Name.Value : e.Name,
        Partners = by.Partners.HasValue ? by.Partners.Value : e.Partners,
        SectorsComplete = by.SectorsComplete.HasValue ? by.SectorsComplete.Value : e.SectorsComplete,
        Regions = by.Regions.HasValue ? by.Regions.Value : e.Regions,
        Purpose = by.Purpose.OrClear(e.Purpose),
    };

    private static LifecycleEvent Correct(LifecycleEvent e, Replacement by) => e with
    {
        Reason = by.Reason.OrClear(e.Reason),
        Informant = by.Informant.OrClear(e.Informant),
        InformantRegion = by.InformantRegion.OrClear(e.InformantRegion),
        OccurredOn = by.OccurredOn.Or(e.OccurredOn),
    };
}
