using System.Runtime.InteropServices;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>A part of an import that one transaction moves: the streams after one and through another.</summary>
/// <param name="IsDivisible">Whether a smaller one could be moved instead.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ImportChunk(long After, long Through, long Events, bool IsDivisible);

/// <summary>What became of moving it.</summary>
internal abstract record ChunkOutcome
{
    private ChunkOutcome()
    {
    }

    /// <summary>It is committed up to this position, and held the head for so long.</summary>
    public sealed record Moved(long Position, TimeSpan Held) : ChunkOutcome;

    /// <summary>It would have held the head too long, and left no trace.</summary>
    public sealed record GivenUp : ChunkOutcome;

    /// <summary>Another run was faster.</summary>
    public sealed record Superseded : ChunkOutcome;
}
