namespace PartnerLedger.EventSourcing.Imports;

/// <summary>All that an import adds to one stream.</summary>
/// <param name="number">Its place in the import; up to 0 where it existed before.</param>
/// <param name="id">Which stream that is.</param>
/// <param name="first">The version of the first event that is added.</param>
internal sealed class StagedStream(long number, Guid id, long first)
{
    private readonly List<byte[]> pieces = [];

    public long Number => number;

    public Guid Id => id;

    public long First => first;

    public long Last => first + Events - 1;

    public int Events { get; private set; }

    /// <summary>Adds what follows.</summary>
    public void Add(int events, byte[] packed)
    {
        Events += events;
        pieces.Add(packed);
    }

    /// <summary>The events in the order of their versions.</summary>
    public IEnumerable<PackedEvent> Read()
    {
        foreach (var piece in pieces)
        {
            for (ReadOnlyMemory<byte> rest = piece; !rest.IsEmpty;)
            {
                yield return PackedEvents.Read(ref rest);
            }
        }
    }
}
