using Npgsql;
using PartnerLedger.Api.Operations;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit;

/// <summary>Whether this node may write: not while its database is older than the last note that was signed of it, or holds another history.</summary>
internal sealed partial class Standing(
    NpgsqlDataSource database, NoteStore notes, TreeStore trees, EventStore store, IConfiguration configuration, ILogger<Standing> logger)
{
    private volatile string? refusal;

    /// <summary>Why nothing may be written; null while all is well.</summary>
    public string? Refusal => refusal;

    /// <summary>Compares the database with the last note. Gives back the log's folder; null where this machine has none, and cannot compare.</summary>
    public async Task<AuditFolder?> Look(CancellationToken cancellationToken)
    {
        var folder = AuditFolder.Find(DataDirectory.Of(configuration), await notes.Origin(cancellationToken));
        var reason = folder?.LastNote is { } last ? await Contradiction(folder.Origin, last, cancellationToken) : null;
        if (reason is not null && refusal is null)
        {
            Refuses(logger, reason);
        }

        refusal = reason;
        return folder;
    }

    /// <summary>The tree as it was at the last note in the database.</summary>
    public async Task<LedgerTree> LastTree(string origin, CancellationToken cancellationToken) =>
        new(await trees.Tree(await notes.SignedSize(origin, cancellationToken), cancellationToken));

    private async Task<string?> Contradiction(string origin, string last, CancellationToken cancellationToken)
    {
        var head = NoteStore.HeadOf(last);
        var kept = await notes.At(origin, head.Size, cancellationToken);
        if (kept == last)
        {
            return null;
        }

        if (kept is not null && NoteStore.HeadOf(kept) != head)
        {
            return $"The database holds another note at position {head.Size} than the one that was signed last.";
        }

        if (await store.ReadHead(cancellationToken) is var end && end < head.Size)
        {
            return $"The database ends at position {end}, but position {head.Size} was signed already: it is an older copy, restored from a backup or a standby that lagged behind.";
        }

        // A note that was signed and not kept, because the connection broke: kept now, if it is true of what the database holds.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var tree = await LastTree(origin, cancellationToken);
        await tree.Grow(connection, head.Size, int.MaxValue, cancellationToken);
        if (tree.Root != head.Root)
        {
            return $"Up to position {head.Size} the database holds another history than the one that was signed.";
        }

        await NoteStore.Keep(connection, origin, head.Size, last, tree.Completed, cancellationToken);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Nothing is written until an operator accepts this database: {Reason}")]
    private static partial void Refuses(ILogger logger, string reason);
}
