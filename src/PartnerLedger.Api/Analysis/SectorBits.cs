using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>A set of sectors as the tables keep it: a bit for each, in the order of the enumeration.</summary>
internal static class SectorBits
{
    /// <summary>Stands for the empty combination.</summary>
    public const string None = "none";

    public static int Of(Sector sector) => 1 << (int)sector;

    public static short Of(IEnumerable<Sector> sectors) => (short)sectors.Aggregate(0, (bits, sector) => bits | Of(sector));

    public static bool Has(short bits, Sector sector) => (bits & Of(sector)) != 0;

    /// <summary>The exclusive combination in words.</summary>
    public static string ToWords(short bits) =>
        bits == 0 ? None : string.Join('+', Enum.GetValues<Sector>().Where(sector => Has(bits, sector)).Select(sector => sector.ToWord()));
}
