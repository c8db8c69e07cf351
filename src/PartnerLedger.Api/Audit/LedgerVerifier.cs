using System.Runtime.CompilerServices;
using Npgsql;
using PartnerLedger.Api.Operations;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>
/// Does on the server what an audit kit does elsewhere: hashes every event again, holds it against its leaf, its stream and the texts, and
/// the tree against every note that was signed of this log.
/// </summary>
internal sealed class LedgerVerifier(NpgsqlDataSource database, EventStore store, NoteStore notes, IConfiguration configuration)
{
    private const int EventsAPage = 5_000;

    /// <summary>Tells how far it has come, page by page, and last what it found.</summary>
    public async IAsyncEnumerable<Verification> Verify([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var origin = await notes.Origin(cancellationToken);
        var folder = AuditFolder.Find(DataDirectory.Of(configuration), origin);
        var signed = await notes.All(origin, cancellationToken);
        if (folder?.LastNote is { } last && !signed.Contains(last, StringComparer.Ordinal))
        {
            // Kept outside the database, which may be older than it.
            signed = [.. signed, last];
        }

        var of = await store.ReadHead(cancellationToken);
        if (FaultOf(folder?.Verifiers ?? [], signed, of) is { } fault)
        {
            yield return fault;
            yield break;
        }

        var walk = new VerifyingWalk(signed.Select(NoteStore.HeadOf).Distinct().ToDictionary(head => head.Size, head => head.Root));
        while (walk.Position < of)
        {
            var events = await store.ReadAll(walk.Position, (int)Math.Min(EventsAPage, of - walk.Position), cancellationToken);
            var leaves = await Leaves(walk.Position, walk.Position + EventsAPage, cancellationToken);
            var texts = await store.ReadSaltedTexts(walk.Position + 1, walk.Position + EventsAPage, cancellationToken);
            if (walk.Check(events, leaves, texts) is { } found)
            {
                yield return new(walk.Position, of, IsVerified: false, found.Position, found.Reason);
                yield break;
            }

            yield return new(walk.Position, of);
        }

        yield return (walk.Missing ?? await Outside(cancellationToken)) is var (position, reason)
            ? new(walk.Position, of, IsVerified: false, position, reason)
            : new(walk.Position, of, IsVerified: true);
    }

    // The newest note first: it is the one that others have.
    private static Verification? FaultOf(IReadOnlyList<NoteVerifier> keys, IReadOnlyList<string> signed, long of)
    {
        if (signed.Select(NoteStore.HeadOf).Distinct().CountBy(head => head.Size).FirstOrDefault(heads => heads.Value > 1) is { Value: > 0 } twice)
        {
            return new(0, of, IsVerified: false, twice.Key, $"Up to position {twice.Key} two histories were signed.");
        }

        foreach (var note in signed.Reverse().Select(note => SignedNote.Parse(note)!))
        {
            var head = TreeHead.Parse(note.Text)!;
            if (keys.Count > 0 && !keys.Any(note.IsSignedBy))
            {
                return new(0, of, IsVerified: false, head.Size, $"The note at position {head.Size} is not signed by a key of this ledger.");
            }

            if (head.Size > of)
            {
                return new(0, of, IsVerified: false, of + 1, $"Position {head.Size} was signed, but the ledger ends at {of}.");
            }
        }

        return null;
    }

    // What stands where the ledger has no place for it is in no note, yet readers would meet it.
    private async Task<(long Position, string Reason)?> Outside(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            select e.seq_id from ledger_head h cross join lateral (
                (select seq_id from mt_events where seq_id < 1 order by seq_id limit 1) union all (select seq_id from mt_events where seq_id > h.position order by seq_id limit 1)
            ) e order by e.seq_id limit 1
            """);
        return await command.ExecuteScalarAsync(cancellationToken) is long position
            ? (position, "An event stands where the ledger has no position: it was put in beside it.")
            : null;
    }

    private async Task<Dictionary<long, TreeHash>> Leaves(long after, long to, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select position, hash from ledger_leaf where position > $1 and position <= $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = to });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var leaves = new Dictionary<long, TreeHash>();
        while (await reader.ReadAsync(cancellationToken))
        {
            leaves.Add(reader.GetInt64(0), reader.GetHash(1));
        }

        return leaves;
    }
}
