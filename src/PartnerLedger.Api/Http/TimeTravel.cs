namespace PartnerLedger.Api.Http;

/// <summary>The rules for asking how something stood: at a version of its own, or at a moment.</summary>
internal static class TimeTravel
{
    public static Problem? Refuse(long? version, Moment? asOf, TimeProvider clock) =>
        version is < 1 ? Problems.Invalid("version", "Must be 1 or more.")
        : version is not null && asOf is not null ? Problems.Invalid("asOf", "Either version or asOf, not both.")
        : asOf?.Utc > clock.GetUtcNow().UtcDateTime ? Problems.Invalid("asOf", "Must not be in the future.")
        : null;
}
