using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>The cell of the exclusive lattice that a partnership is in.</summary>
/// <param name="Regions">As an array literal of PostgreSQL, distinct and in order.</param>
internal readonly record struct Cell(string State, short Sectors, bool Complete, string Regions);

/// <summary>What a partnership is counted by, at one version of it.</summary>
internal sealed record PartnershipAttributes(Cell Cell, DateOnly? OpenedFirst, DateOnly? OpenedLast, Life Life)
{
    public static PartnershipAttributes Of(Partnership partnership) => new(
        new(partnership.State.ToWord(), Bits(partnership), partnership.SectorsComplete, Codes.Literal(partnership.Regions)),
        partnership.OpenedOn?.First,
        partnership.OpenedOn?.Last,
        Life.Of(partnership.Steps));

    /// <summary>The attributes after one more event, where only what it may have changed is looked at again.</summary>
    public PartnershipAttributes After(Partnership before, Partnership after)
    {
        var cell = new Cell(
            after.State == before.State ? Cell.State : after.State.ToWord(),
            ReferenceEquals(after.Sectors, before.Sectors) ? Cell.Sectors : Bits(after),
            after.SectorsComplete,
            ReferenceEquals(after.Regions, before.Regions) ? Cell.Regions : Codes.Literal(after.Regions));
        var life = ReferenceEquals(after.Steps, before.Steps) ? Life : Life.Of(after.Steps);
        return cell == Cell && after.OpenedOn == before.OpenedOn && life == Life ? this : new(cell, after.OpenedOn?.First, after.OpenedOn?.Last, life);
    }

    private static short Bits(Partnership partnership)
    {
        var bits = 0;
        foreach (var sector in partnership.Sectors)
        {
            bits |= SectorBits.Of(sector);
        }

        return (short)bits;
    }
}
