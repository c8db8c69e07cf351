namespace PartnerLedger.Domain.Partnerships;

/// <content>The effects that take more than a line.</content>
public sealed partial record Partnership
{
    private AppendList<StandingInformant> Tell(long version, IInformed e) => e.Informant is null && e.InformantRegion is null
        ? Informants
        : Informants.Add(new(version, e.Informant, e.InformantRegion, e.OccurredOn));

    private Partnership Enter(long version, StageEvent e)
    {
        var partners = Partners;
        var sectors = SectorSet;
        for (var i = 0; i < e.Partners?.Count; i++)
        {
            // The reader of JSON vouches for members, not for what a list holds.
            if (e.Partners[i] is not { } partner) continue;
            partners = partners.Add(new(version, i, partner, e.OccurredOn));
            sectors = sectors.With(partner.Sector);
        }

        return this with
        {
            State = Lifecycle.StateAfter(e),
            Name = e.Name ?? Name,
            Purpose = e.Purpose ?? Purpose,
            PurposeAt = e.Purpose is null ? PurposeAt : new(version, "/purpose"),
            Partners = partners,
            SectorSet = sectors,
            SectorsComplete = e.SectorsComplete ?? SectorsComplete,
            Regions = e.Regions ?? Regions,
            ProposedOn = e is PartnershipProposed ? ProposedOn ?? e.OccurredOn : ProposedOn,
        };
    }

    private Partnership Note(long version, FactorNoted e)
    {
        var place = Array.BinarySearch(FactorCodes, e.Factor, StringComparer.Ordinal);
        return this with
        {
            Notes = Notes.Add(new(version, e)),
            FactorCodes = place >= 0 ? FactorCodes : [.. FactorCodes[..~place], e.Factor, .. FactorCodes[~place..]],
        };
    }

    private Partnership Join(long version, PartnerJoined e) => this with
    {
        Partners = Partners.Add(new(version, 0, new() { Name = e.Name, Sector = e.Sector, Country = e.Country }, e.OccurredOn)),
        SectorSet = SectorSet.With(e.Sector),
        SectorsComplete = e.SectorsComplete ?? SectorsComplete,
    };

    // Who is unknown, or left already, leaves without a trace in the partners.
    private Partnership Leave(long version, PartnerLeft e)
    {
        for (var i = 0; i < Partners.Count; i++)
        {
            var partner = Partners[i];
            if (partner.JoinedWith == e.Partner && partner.Index == (e.Index ?? 0))
            {
                return partner.LeftOn is null
                    ? this with { Partners = Partners.Replace(i, partner with { LeftOn = e.OccurredOn, LeftWith = version }) }
                    : this;
            }
        }

        return this;
    }
}
