using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>The cell that a row of factors tells of; what the rows do not tell apart is null.</summary>
internal readonly record struct RowCell(Sector? Sector, short? Sectors, string? Region, string? Regions, PartnershipState? State)
{
    public static RowCell Of(CountedFactor row) => new(row.Sector, row.Sectors, row.Region, row.Regions, row.State);

    /// <summary>The cells that a partnership is counted in.</summary>
    public static IEnumerable<RowCell> Of(CountedCell cell, IReadOnlySet<By> split) =>
        from sector in split.Contains(By.Sector) ? Enum.GetValues<Sector>().Where(sector => SectorBits.Has(cell.Sectors, sector)).Cast<Sector?>() : [null]
        from region in split.Contains(By.Region) ? cell.Regions.Cast<string?>() : [null]
        select new RowCell(
            sector,
            split.Contains(By.Sectors) ? cell.Sectors : null,
            region,
            split.Contains(By.Regions) ? string.Join('+', cell.Regions) : null,
            split.Contains(By.State) ? cell.State : null);

    /// <summary>What the cells tell apart.</summary>
    public static IEnumerable<Dimension> Dimensions(IReadOnlySet<By> split)
    {
        if (split.Contains(By.Sector) || split.Contains(By.Sectors))
        {
            yield return Dimension.Sectors;
        }

        if (split.Contains(By.Region) || split.Contains(By.Regions))
        {
            yield return Dimension.Regions;
        }

        if (split.Contains(By.State))
        {
            yield return Dimension.State;
        }
    }
}
