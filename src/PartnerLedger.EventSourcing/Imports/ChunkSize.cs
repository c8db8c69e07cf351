namespace PartnerLedger.EventSourcing.Imports;

/// <summary>How many events the next transaction of an import takes, learned from how long the ones before held the head.</summary>
internal sealed class ChunkSize(ImportOptions options)
{
    private const int Most = 100_000;

    public int Next { get; private set; } = options.FirstChunk;

    /// <summary>A transaction of so many events held the head for so long: the next one aims at three tenths of what is allowed.</summary>
    public void Held(long events, TimeSpan held)
    {
        var fitting = events * (0.3 * options.LongestHold / TimeSpan.FromTicks(Math.Max(1, held.Ticks)));
        Next = (int)Math.Clamp(fitting, Math.Max(1, Next / 4), Math.Min(Most, Next * 2));
    }

    /// <summary>A transaction was given up, lest it hold the head too long.</summary>
    public void GaveUp() => Next = Math.Max(1, Next / 4);
}
