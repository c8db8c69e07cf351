namespace PartnerLedger.EmbeddedPostgres;

/// <summary>Where the private cluster lies and how it is run.</summary>
public sealed record PostgresClusterOptions
{
    /// <summary>Made if it is missing; holds everything: the cluster, its log, the lock and, where they were fetched, the server's programs.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether a commit reaches the disk before it is answered; only tests may do without.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Server settings by name, above the ones that the cluster has of itself.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where programs are kept that had to be fetched; in the data directory unless named.</summary>
    public string? ProgramsDirectory { get; init; }

    /// <summary>How long a stop waits for open transactions to be rolled back before it becomes harsher.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the data directory goes when the cluster stops.</summary>
    public bool Temporary { get; init; }
}
