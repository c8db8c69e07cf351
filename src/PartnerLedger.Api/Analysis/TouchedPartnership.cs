using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>A partnership as it was before the batch, and as the batch left it.</summary>
internal sealed class TouchedPartnership(Partnership? before)
{
    private readonly PartnershipAttributes? attributesBefore = before is null ? null : PartnershipAttributes.Of(before);
    private PartnershipAttributes? attributes;
    private Partnership? after;

    public PartnershipAttributes? Attributes => attributes ?? attributesBefore;

    public void Follow(Partnership partnership, PartnershipAttributes itsAttributes) => (after, attributes) = (partnership, itsAttributes);

    public void Count(Guid stream, Dictionary<Cell, long> cells, Dictionary<(string Factor, Cell Cell), FactorCount> factors, RecoveredTellers recovered)
    {
        if (attributesBefore is { } was)
        {
            cells.Change(was.Cell, -1);
        }

        cells.Change(attributes!.Cell, 1);
        if (IsCountedAsBefore())
        {
            return;
        }

        if (before is not null)
        {
            FactorCount.Add(factors, before, attributesBefore!, -1);
        }

        FactorCount.Add(factors, after!, attributes, 1);
        recovered.Change(stream, before, attributesBefore, after!, attributes);
    }

    public void Compare(Dictionary<Telling, long> tellings) => Telling.Compare(tellings, before, after!);

    public void Compare(Dictionary<FactorPair, long> pairs) => FactorPair.Compare(pairs, before, after!);

    public void Compare(Dictionary<FactorYear, long> years)
    {
        var (was, stands) = (attributesBefore?.OpenedFirst?.Year, attributes!.OpenedFirst?.Year);
        if (was != stands || !ReferenceEquals(before?.Factors, after!.Factors))
        {
            FactorYear.Add(years, was, before?.Factors ?? [], -1);
            FactorYear.Add(years, stands, after!.Factors, 1);
        }
    }

    // A factor noted again changes nothing, unless it may now have been noted before the partnership recovered.
    private bool IsCountedAsBefore() => attributes!.Cell == attributesBefore?.Cell
        && attributes.Life.Recovered == attributesBefore.Life.Recovered
        && (ReferenceEquals(before!.Notes, after!.Notes) || (attributes.Life.Recovered is null && ReferenceEquals(before.Factors, after.Factors)));
}
