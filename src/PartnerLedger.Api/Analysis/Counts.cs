using System.Runtime.InteropServices;

namespace PartnerLedger.Api.Analysis;

/// <summary>By how much something becomes more, or less.</summary>
internal static class Counts
{
    /// <summary>Adds a change; what leaves and comes back leaves no trace.</summary>
    public static void Change<TKey>(this Dictionary<TKey, long> counts, TKey key, long change)
        where TKey : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += change;
        if (count == 0)
        {
            counts.Remove(key);
        }
    }
}
