namespace PartnerLedger.Api.Analysis;

/// <summary>The two sides of a comparison.</summary>
internal enum Side
{
    Group,

    /// <summary>What the group is set against.</summary>
    Versus,
}

/// <summary>Of which sides it is hidden how many partnerships they have, and below which number counts are small.</summary>
internal sealed record HiddenSides(IReadOnlySet<Side> Sides, long Threshold)
{
    public bool IsSmall(long count) => count > 0 && count < Threshold;

    public bool Hides(Side side, long noted, long informants) => Sides.Contains(side) || IsSmall(noted) || IsSmall(informants);

    /// <summary>A side, where its own count or the other's hides it. Of no partnership nothing is noted, and nothing is to be hidden.</summary>
    public NotedOf Tell(Side side, long noted, long of, bool isHidden) =>
        Sides.Contains(side) ? new(null, null) : new(isHidden && of > 0 ? null : noted, of);
}
