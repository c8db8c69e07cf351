namespace PartnerLedger.Domain.Partnerships;

// The eight sets there are, so that folding a partner neither sorts nor allocates.
internal readonly record struct SectorSet(int Bits)
{
    private static readonly Sector[][] Lists =
        [.. Enumerable.Range(0, 8).Select(bits => Enum.GetValues<Sector>().Where(sector => (bits & 1 << (int)sector) != 0).ToArray())];

    public SectorSet With(Sector sector) => new(Bits | 1 << (int)sector);

    public IReadOnlyList<Sector> ToList() => Lists[Bits];
}
