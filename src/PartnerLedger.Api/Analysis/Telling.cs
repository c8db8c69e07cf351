using System.Runtime.InteropServices;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>That somebody noted a factor of a partnership of a sector, of a region, or of any; or told of it at all.</summary>
/// <param name="Factor">Empty: told of it at all.</param>
/// <param name="Sector">In the order of the enumeration; <see cref="AnySector"/> where it is not told apart.</param>
/// <param name="Region">Empty where it is not told apart.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Telling(string Factor, short Sector, string Region, Guid Informant)
{
    public const short AnySector = -1;

    /// <summary>Adds of how many partnerships more, or fewer, each was told, by what became of one of them.</summary>
    public static void Compare(Dictionary<Telling, long> changes, Partnership? before, Partnership after)
    {
        if (before is not null && ReferenceEquals(before.Notes, after.Notes) && ReferenceEquals(before.Informants, after.Informants)
            && ReferenceEquals(before.Sectors, after.Sectors) && ReferenceEquals(before.Regions, after.Regions))
        {
            return;
        }

        if (before is not null)
        {
            Add(changes, before, -1);
        }

        Add(changes, after, 1);
    }

    private static void Add(Dictionary<Telling, long> changes, Partnership partnership, long change)
    {
        foreach (var telling in Of(partnership))
        {
            changes.Change(telling, change);
        }
    }

    private static HashSet<Telling> Of(Partnership partnership)
    {
        var tellings = new HashSet<Telling>();
        foreach (var told in partnership.Informants)
        {
            if (told.Informant is { } informant)
            {
                tellings.Add(new("", AnySector, "", informant));
            }
        }

        foreach (var noted in partnership.Notes)
        {
            if (noted.Note.Informant is not { } informant || !tellings.Add(new(noted.Note.Factor, AnySector, "", informant)))
            {
                continue;
            }

            foreach (var sector in partnership.Sectors)
            {
                tellings.Add(new(noted.Note.Factor, (short)sector, "", informant));
            }

            foreach (var region in partnership.Regions)
            {
                tellings.Add(new(noted.Note.Factor, AnySector, region, informant));
            }
        }

        return tellings;
    }
}
