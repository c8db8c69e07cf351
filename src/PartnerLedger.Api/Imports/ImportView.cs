using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Imports;

/// <summary>An import, and how far it has come.</summary>
internal sealed record ImportView
{
    public required Guid Id { get; init; }

    /// <summary>running, done, refused (what it rests on had changed before its first event: nothing went in), or stopped (the database refused some of it).</summary>
    public required ImportState State { get; init; }

    /// <summary>Why it was refused or stopped.</summary>
    public required string? Reason { get; init; }

    /// <summary>Lines of its file that are commands.</summary>
    public required long Lines { get; init; }

    /// <summary>Partnerships that it opens or changes.</summary>
    public required long Partnerships { get; init; }

    /// <summary>Events that it comes to.</summary>
    public required long Events { get; init; }

    /// <summary>Events that are in the ledger.</summary>
    public required long Imported { get; init; }

    /// <summary>Place of the last of them in the whole ledger; for minPosition.</summary>
    public required long? Position { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime? FinishedAt { get; init; }

    public static ImportView Of(ImportRun run) => new()
    {
        Id = run.Id,
        State = run.State,
        Reason = run.Reason,
        Lines = run.Lines,
        Partnerships = run.Streams,
        Events = run.Events,
        Imported = run.Moved,
        Position = run.Position,
        CreatedAt = run.CreatedAt,
        FinishedAt = run.FinishedAt,
    };
}
