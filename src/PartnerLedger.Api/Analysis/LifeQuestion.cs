namespace PartnerLedger.Api.Analysis;

/// <summary>What is asked of the lives of partnerships.</summary>
/// <param name="Partnerships">Which partnerships are meant; factors are those that make the group at the landmark.</param>
/// <param name="Until">The day up to which those that still run were watched.</param>
internal sealed record LifeQuestion(AnalysisQuestion Partnerships, DateOnly Until)
{
    public Entry Entry { get; init; }

    /// <summary>The day, from the first proposed, from which on those that met no end before are watched; null for all from their start.</summary>
    public int? Landmark { get; init; }

    /// <summary>Whether those with a factor noted by the landmark are set against the others.</summary>
    public bool Compares => Landmark is not null && Partnerships.ChoosesFactors;

    /// <summary>What was known at a moment was watched up to that day, what is known now up to today.</summary>
    public static LifeQuestion Of(AnalysisQuestion partnerships, PartnershipParameters asked, TimeProvider clock) =>
        new(partnerships, DateOnly.FromDateTime(asked.AsOf?.Utc ?? clock.GetUtcNow().UtcDateTime));
}
