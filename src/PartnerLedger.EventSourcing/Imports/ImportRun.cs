namespace PartnerLedger.EventSourcing.Imports;

/// <summary>An import as it stands: what its file held, and how far it has come.</summary>
public sealed record ImportRun
{
    public required Guid Id { get; init; }

    /// <summary>On whose account: also the owner of the key.</summary>
    public required EventMetadata Metadata { get; init; }

    public required IdempotencyKey? Key { get; init; }

    /// <summary>The type of all its streams.</summary>
    public required string StreamType { get; init; }

    /// <summary>A stream that its decisions rest on, and the version on which they do.</summary>
    public required (Guid Id, long Version)? Basis { get; init; }

    public required long Lines { get; init; }

    public required long Streams { get; init; }

    public required long Events { get; init; }

    public ImportState State { get; init; }

    /// <summary>Why it was refused or stopped.</summary>
    public string? Reason { get; init; }

    /// <summary>How many of its events are in the ledger.</summary>
    public long Moved { get; init; }

    /// <summary>The position of the last of them.</summary>
    public long? Position { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    internal long? ThroughStream { get; init; }

    /// <summary>Ids in its events, and those that are to stand in their place.</summary>
    internal IReadOnlyDictionary<Guid, Guid> ReplacedIds { get; init; } = new Dictionary<Guid, Guid>();
}

/// <summary>What has become of an import.</summary>
public enum ImportState
{
    /// <summary>Checked, and on its way into the ledger.</summary>
    Running,

    /// <summary>All of it is in the ledger.</summary>
    Done,

    /// <summary>What it rests on had changed before its first event: nothing of it is in the ledger.</summary>
    Refused,

    /// <summary>The database refused some of it: what was in the ledger before stays there.</summary>
    Stopped,
}
