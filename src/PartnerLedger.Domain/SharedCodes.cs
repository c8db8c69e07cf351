using System.Collections.Concurrent;

namespace PartnerLedger.Domain;

/// <summary>
/// Codes, of which there are few but each in many events: one string each, however often it was read. Of the objects that remembered notes
/// are made of, more than half were copies of these.
/// </summary>
internal static class SharedCodes
{
    // Whoever fills it with nonsense gains nothing: from then on new codes are kept as they come.
    private const int Most = 10_000;

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);
    private static int count;

    public static string Of(string code)
    {
        if (Known.TryGetValue(code, out var known) || Volatile.Read(ref count) >= Most)
        {
            return known ?? code;
        }

        Interlocked.Increment(ref count);
        return Known.GetOrAdd(code, code);
    }
}
