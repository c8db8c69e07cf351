namespace PartnerLedger.EventSourcing;

/// <summary>Bounds of the way into the ledger.</summary>
public sealed record AppendQueueOptions
{
    /// <summary>How many commands may wait; one more is refused.</summary>
    public int Capacity { get; init; } = 4_096;

    /// <summary>How many commands one commit takes at the most.</summary>
    public int MaxCommands { get; init; } = 256;

    /// <summary>How many streams' states are kept, so that a command need not read its stream.</summary>
    public int RecentStreams { get; init; } = 20_000;

    /// <summary>How often a command is decided anew when others changed its stream in between.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How long stopping waits for the commands that were accepted for writing.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(10);
}
