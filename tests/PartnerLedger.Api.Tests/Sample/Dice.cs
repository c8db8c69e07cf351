namespace PartnerLedger.Api.Tests.Sample;

/// <summary>Chance that falls the same way on every machine and for ever (SplitMix64); the framework's own may change.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>0 to <paramref name="sides"/> − 1.</summary>
    public int Roll(int sides)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        var z = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return (int)((z ^ (z >> 31)) % (ulong)sides);
    }

    public int Between(int low, int high) => low + Roll(high - low + 1);

    public bool Falls(int percent) => Roll(100) < percent;

    public IReadOnlyList<T> Shuffle<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = Roll(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }
}
