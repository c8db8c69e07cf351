using Npgsql;
using PartnerLedger.Benchmarks.Harness;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>
/// Takes from a ledger what proves it, and gives it back. The product has no switch for that: here another connection holds the lock of
/// who signs, as another node would, and the function that appends is replaced by itself without the leaf.
/// </summary>
internal sealed class Proofs : IAsyncDisposable
{
    private const long SigningLock = 0x504C_4E4F_5445_5349;
    private const string LeafBegins = "    hashed as (";
    private const string LeafEnds = "    select counted.fitting";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly NpgsqlDataSource owner;
    private readonly NpgsqlDataSource superuser;
    private readonly NpgsqlConnection holder;
    private readonly string append;
    private bool isHeld;

    private Proofs(NpgsqlDataSource owner, NpgsqlDataSource superuser, NpgsqlConnection holder, string append) =>
        (this.owner, this.superuser, this.holder, this.append) = (owner, superuser, holder, append);

    public static async Task<Proofs> Open(Bench bench)
    {
        var owner = NpgsqlDataSource.Create(bench.Connections.Owner);
        var superuser = NpgsqlDataSource.Create(bench.Connections.Superuser);
        await using var definition = owner.CreateCommand("select pg_get_functiondef('append_events'::regproc)");
        return new Proofs(owner, superuser, await superuser.OpenConnectionAsync(), (string)(await definition.ExecuteScalarAsync())!);
    }

    /// <summary>Each event has its leaf, and the node signs; all there is has been signed.</summary>
    public async Task All()
    {
        await Execute(owner, append);

        // What was appended meanwhile has no leaf: any will do for whoever follows, and nobody will verify this ledger.
        await Execute(owner, """
            insert into ledger_leaf (position, hash)
            select e.seq_id, sha256(e.id::text::bytea) from mt_events e where not exists (select from ledger_leaf l where l.position = e.seq_id)
            """);
        if (isHeld)
        {
            await using var unlock = new NpgsqlCommand($"select pg_advisory_unlock({SigningLock})", holder);
            await unlock.ExecuteNonQueryAsync();
            isHeld = false;
        }

        while (!await Is(owner, "select coalesce(max(size), 0) >= (select position from ledger_head) from ledger_note"))
        {
            await Task.Delay(Look);
        }
    }

    /// <summary>Each event has its leaf, but no node signs.</summary>
    public async Task WithoutNotes()
    {
        await using var take = new NpgsqlCommand($"select pg_advisory_lock({SigningLock})", holder) { CommandTimeout = 0 };
        var taken = take.ExecuteNonQueryAsync();
        while (await Task.WhenAny(taken, Task.Delay(Look)) != taken)
        {
            await Execute(superuser, $"""
                select pg_terminate_backend(pid) from pg_locks
                where locktype = 'advisory' and granted and classid = {SigningLock >> 32} and objid = {SigningLock & 0xFFFF_FFFF}
                """);
        }

        await taken;
        isHeld = true;
    }

    /// <summary>Nor has an event a leaf.</summary>
    public async Task WithoutLeaves()
    {
        var (begins, ends) = (append.IndexOf(LeafBegins, StringComparison.Ordinal), append.IndexOf(LeafEnds, StringComparison.Ordinal));
        if (begins < 0 || ends < begins)
        {
            throw new InvalidOperationException("The leaf is not where it is looked for in append_events.");
        }

        // With the comma after what stands before.
        await Execute(owner, append[..begins].TrimEnd().TrimEnd(',') + "\n" + append[ends..]);
    }

    public async ValueTask DisposeAsync()
    {
        await holder.DisposeAsync();
        await superuser.DisposeAsync();
        await owner.DisposeAsync();
    }

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> Is(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is true;
    }
}
