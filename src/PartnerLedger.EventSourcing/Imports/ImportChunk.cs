namespace PartnerLedger.EventSourcing.Imports;

/// <summary>A part of an import that one transaction moves: whole streams.</summary>
internal sealed class ImportChunk(IReadOnlyList<StagedStream> streams)
{
    public IReadOnlyList<StagedStream> Streams => streams;

    public long Through => streams[^1].Number;

    public long Events { get; } = streams.Sum(stream => (long)stream.Events);

    /// <summary>Whether its streams existed before the file: such come first and together, so that they are found unchanged, or nothing goes in.</summary>
    public bool IsOfExisting => Through <= 0;

    /// <summary>Whether a smaller one could be moved instead.</summary>
    public bool IsDivisible => !IsOfExisting && streams.Count > 1;
}

/// <summary>What became of moving it.</summary>
internal abstract record ChunkOutcome
{
    private ChunkOutcome()
    {
    }

    /// <summary>It is committed up to this position, and held the head for so long, for which someone else waited or not.</summary>
    public sealed record Moved(long Position, TimeSpan Held, bool WasAwaited) : ChunkOutcome;

    /// <summary>It would have held the head too long, and left no trace.</summary>
    public sealed record GivenUp : ChunkOutcome;

    /// <summary>Another run was faster.</summary>
    public sealed record Superseded : ChunkOutcome;

    /// <summary>A stream that it continues, or what its decisions rest on, has changed since the check; it left no trace.</summary>
    public sealed record Changed : ChunkOutcome;
}
