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
        var signed = await notes.All(origin, cancellationToken);
        var of = await store.ReadHead(cancellationToken);
        if (FaultOf(origin, signed, of) is { } fault)
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

        yield return new(walk.Position, of, IsVerified: true);
    }

    // The newest note first: it is the one that others have.
    private Verification? FaultOf(string origin, IReadOnlyList<string> signed, long of)
    {
        var keys = AuditFolder.Find(DataDirectory.Of(configuration), origin)?.Verifiers ?? [];
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
