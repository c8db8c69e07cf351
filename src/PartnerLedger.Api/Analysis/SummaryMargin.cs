using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>One of the summary's counts, and the partnerships that are counted in it.</summary>
internal sealed record SummaryMargin(string Measure, string Word, Dimension Dimension, Func<CountedCell, bool> Has)
{
    public const string BySector = "partnershipsBySector";
    public const string BySpan = "partnershipsBySpan";
    public const string ByRegion = "partnershipsByRegion";
    public const string ByState = "partnershipsByState";

    /// <summary>All but the total, in the order of the answer.</summary>
    public static IReadOnlyList<SummaryMargin> All(IEnumerable<string> regions) =>
    [
        .. Enum.GetValues<Sector>().Select(sector => new SummaryMargin(BySector, sector.ToWord(), Dimension.Sectors, cell => SectorBits.Has(cell.Sectors, sector))),
        .. new[] { "1", "2", "3", "undetermined" }.Select(span => new SummaryMargin(BySpan, span, Dimension.Sectors, cell => cell.Span == span)),
        .. regions.Select(region => new SummaryMargin(ByRegion, region, Dimension.Regions, cell => cell.Regions.Contains(region, StringComparer.Ordinal))),
        .. Enum.GetValues<PartnershipState>().Select(state => new SummaryMargin(ByState, state.ToWord(), Dimension.State, cell => cell.State == state)),
    ];
}
