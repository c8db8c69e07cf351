using Npgsql;
using PartnerLedger.Api.Operations;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit;

/// <summary>Whether this node may write: not while its database is older than the last note that was signed of it, or holds another history.</summary>
internal sealed partial class Standing(
    NpgsqlDataSource database, NoteStore notes, TreeStore trees, EventStore store, IConfiguration configuration, ILogger<Standing> logger) : IDisposable
{
    // One look at a time: what was seen before a database was accepted must not be said after it.
    private readonly SemaphoreSlim turn = new(1);
    private volatile string? refusal;

    /// <summary>Why nothing may be written; null while all is well.</summary>
    public string? Refusal => refusal;

    /// <summary>Whether this machine lacks the key of a log that has been signed: another may have it, else nothing is signed any more.</summary>
    public bool LacksKey { get; private set; }

    /// <summary>Compares the database with the last note. Gives back the log's folder; null where this machine has none, and cannot compare.</summary>
    public async Task<AuditFolder?> Look(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await LookOnce(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The tree as it was at the last note in the database.</summary>
    public async Task<LedgerTree> LastTree(string origin, CancellationToken cancellationToken) =>
        new(await trees.Tree(await notes.SignedSize(origin, cancellationToken), cancellationToken));

    public void Dispose() => turn.Dispose();

    private async Task<AuditFolder?> LookOnce(CancellationToken cancellationToken)
    {
        var origin = await notes.Origin(cancellationToken);
        var folder = AuditFolder.Find(DataDirectory.Of(configuration), origin);
        var last = folder?.LastNote ?? await notes.Latest(origin, cancellationToken);
        var reason = last is null ? null : await Contradiction(origin, last, cancellationToken);
        if (reason is not null && refusal is null)
        {
            Refuses(logger, reason);
        }

        LacksKey = folder is null && last is not null;
        refusal = reason;
        return folder;
    }

    private async Task<string?> Contradiction(string origin, string last, CancellationToken cancellationToken)
    {
        var head = NoteStore.HeadOf(last);
        if (await store.ReadHead(cancellationToken) is var end && end < head.Size)
        {
            return $"The database ends at position {end}, but position {head.Size} was signed already: it is an older copy, restored from a backup or a standby that lagged behind.";
        }

        var kept = await notes.At(origin, head.Size, cancellationToken);
        if (kept is not null && NoteStore.HeadOf(kept) != head)
        {
            return $"The database holds another note at position {head.Size} than the one that was signed last.";
        }

        // What a note was signed of is looked at each time: no later one is signed of a tree that does not begin with it.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var tree = new LedgerTree(await trees.Tree(Math.Min(head.Size, await notes.SignedSize(origin, cancellationToken)), cancellationToken));
            await tree.Grow(connection, head.Size, int.MaxValue, cancellationToken);
            if (tree.Root != head.Root)
            {
                return $"Up to position {head.Size} the database holds another history than the one that was signed.";
            }

            if (kept != last)
            {
                // Signed and not kept, because the connection broke.
                await NoteStore.Keep(connection, origin, head.Size, last, tree.Completed, cancellationToken);
            }

            return null;
        }
        catch (InvalidDataException exception)
        {
            return $"Up to position {head.Size} the database no longer holds the tree that was signed. {exception.Message}";
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Nothing is written until an operator accepts this database: {Reason}")]
    private static partial void Refuses(ILogger logger, string reason);
}
