namespace PartnerLedger.EventSourcing.Imports;

/// <summary>Bounds of what an import's transactions may do to others.</summary>
public sealed record ImportOptions
{
    /// <summary>How long one transaction may hold the head, and so keep others from appending.</summary>
    public TimeSpan LongestHold { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the head is left to whoever waited for it, before the next transaction asks for it again.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How many events the first transaction takes; the later ones by how long it took.</summary>
    public int FirstChunk { get; init; } = 1_000;

    /// <summary>How often an idle node looks whether there is an import that another one left.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);
}
