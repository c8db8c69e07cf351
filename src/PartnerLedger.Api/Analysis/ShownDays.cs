using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>
/// The days of a curve that may be told. From one told day to the next, and from the horizon on, no group meets an end in a number too small
/// to be shown: whoever takes one point from the next, from the whole, or a group from all, is left with none that is.
/// </summary>
internal static class ShownDays
{
    private static readonly PartnershipState[] Told = [PartnershipState.Failed, PartnershipState.Successful];

    /// <summary>The days in order; null where not even the horizon may be told.</summary>
    public static IReadOnlyList<int>? Of(IReadOnlyList<RiskCounts> groups, IEnumerable<int> days, int horizon, Func<long, bool> isSmall)
    {
        var shown = new List<int>();
        foreach (var day in days)
        {
            if (IsLarge(Last(), day) && groups.All(group => !isSmall(group.AtRisk(day))) && (!isSmall(1) || HasMet(Last(), day)))
            {
                shown.Add(day);
            }
        }

        while (shown.Count > 0 && !IsLarge(Last(), horizon))
        {
            shown.RemoveAt(shown.Count - 1);
        }

        return IsLarge(Last(), horizon) && IsLarge(horizon, int.MaxValue) && groups.All(group => !isSmall(group.MetNeither(horizon))) ? shown : null;

        int Last() => shown.Count == 0 ? -1 : shown[^1];

        bool IsLarge(int after, int by) => groups.All(group => Array.TrueForAll(Told, ending => !isSmall(group.Met(ending, after, by))));

        // The day of an end that is not told is nobody's business either.
        bool HasMet(int after, int by) => groups.Any(group => Array.Exists(Told, ending => group.Met(ending, after, by) > 0));
    }
}
