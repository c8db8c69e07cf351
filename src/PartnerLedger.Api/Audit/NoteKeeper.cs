using System.Data;
using Npgsql;
using PartnerLedger.Api.Operations;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>
/// Follows the ledger with its Merkle tree and signs what it has become, at most a second behind the head and off the append's lock.
/// Of all nodes the one that holds a lock signs; the others only look whether the database holds the last note.
/// </summary>
internal sealed partial class NoteKeeper(
    NpgsqlDataSource database, NoteStore notes, Standing standing, PositionSignal committed, IConfiguration configuration, TimeProvider clock, ILogger<NoteKeeper> logger)
{
    private const long SigningLock = 0x504C_4E4F_5445_5349;
    private const int LeavesANote = 100_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // From one note to the next.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    private bool hasNoKey;

    /// <summary>Follows until cancelled; a broken connection is tried again.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await RunOnce(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Broke(logger, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Poll, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunOnce(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await Try("pg_try_advisory_lock"))
        {
            await standing.Look(cancellationToken);
            return;
        }

        try
        {
            await Follow(connection, cancellationToken);
        }
        finally
        {
            // The lock must not come back from the pool.
            if (connection.FullState.HasFlag(ConnectionState.Open))
            {
                await Try("pg_advisory_unlock");
            }
        }

        async Task<bool> Try(string function)
        {
            await using var command = new NpgsqlCommand($"select {function}({SigningLock})", connection);
            return (bool)(await command.ExecuteScalarAsync(CancellationToken.None))!;
        }
    }

    private async Task Follow(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        (string Origin, LedgerTree Tree)? followed = null;
        while (true)
        {
            var started = clock.GetTimestamp();
            var waitFor = long.MaxValue;
            if (await standing.Look(cancellationToken) is var folder && standing.Refusal is null && (folder ?? await MakeKey(cancellationToken)) is { } own)
            {
                var tree = followed?.Origin == own.Origin ? followed.Value.Tree : await standing.LastTree(own.Origin, cancellationToken);
                await Sign(connection, own, tree, cancellationToken);
                followed = (own.Origin, tree);
                waitFor = tree.Size + 1;
            }

            await committed.TryWaitUntil(waitFor, Poll, clock, cancellationToken);
            if (Rest - clock.GetElapsedTime(started) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, clock, cancellationToken);
            }
        }
    }

    // Kept outside the database first: whatever breaks after that, no other note is signed that does not begin with this one.
    private static async Task Sign(NpgsqlConnection connection, AuditFolder folder, LedgerTree tree, CancellationToken cancellationToken)
    {
        var before = tree.Size;
        await tree.Grow(connection, long.MaxValue, LeavesANote, cancellationToken);
        var next = folder.NextSigner;
        if (tree.Size == before && (next is null || tree.Size == 0))
        {
            return;
        }

        var text = new TreeHead(folder.Origin, tree.Size, tree.Root).ToText();
        var note = (next is null ? SignedNote.Sign(text, folder.Signer) : SignedNote.Sign(text, folder.Signer, next)).ToString();
        folder.KeepLastNote(note);
        await NoteStore.Keep(connection, folder.Origin, tree.Size, note, tree.Completed, cancellationToken);
        tree.Taken();
        if (next is not null)
        {
            folder.TakeOver();
        }
    }

    // A log that has signed nothing yet may take any key; another machine has the key of one that has.
    private async Task<AuditFolder?> MakeKey(CancellationToken cancellationToken)
    {
        var origin = await notes.Origin(cancellationToken);
        if (await notes.Latest(origin, cancellationToken) is null)
        {
            return AuditFolder.Make(DataDirectory.Of(configuration), origin);
        }

        if (!hasNoKey)
        {
            NoKey(logger, origin);
            hasNoKey = true;
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Signing checkpoint notes broke and is tried again")]
    private static partial void Broke(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The key of log {Origin} is not in this machine's Ledger:DataDirectory: no checkpoint note is signed here. Let the nodes of a ledger share the folder audit.")]
    private static partial void NoKey(ILogger logger, string origin);
}
