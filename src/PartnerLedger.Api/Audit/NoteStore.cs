using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Api.Http;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>The notes in the database, and which log they are of.</summary>
internal sealed class NoteStore(NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Name of the log that this ledger's notes are about; the first node to ask begins it.</summary>
    public async Task<string> Origin(CancellationToken cancellationToken)
    {
        if (await Read("select origin from ledger_log order by number desc limit 1", [], cancellationToken) is { } origin)
        {
            return origin;
        }

        await Begin(1, ground: null, by: null, cancellationToken);
        return await Origin(cancellationToken);
    }

    /// <summary>Begins another log on the same ledger, because an operator accepts what the database holds.</summary>
    public async Task<string> Accept(string ground, Guid by, CancellationToken cancellationToken)
    {
        var last = int.Parse((await Read("select max(number)::text from ledger_log", [], cancellationToken))!);
        await Begin(last + 1, ground, by, cancellationToken);
        return await Origin(cancellationToken);
    }

    /// <summary>The last note of a log; null before the first.</summary>
    public Task<string?> Latest(string origin, CancellationToken cancellationToken) =>
        Read("select note from ledger_note where origin = $1 order by size desc, number desc limit 1", [new() { Value = origin }], cancellationToken);

    /// <summary>All notes of a log, the shortest tree first, and of one tree the first that was signed.</summary>
    public async Task<IReadOnlyList<string>> All(string origin, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select note from ledger_note where origin = $1 order by size, number");
        command.Parameters.Add(new() { Value = origin });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }

    /// <summary>The last note of a log at a size; null where none was signed at that size.</summary>
    public Task<string?> At(string origin, long size, CancellationToken cancellationToken) =>
        Read("select note from ledger_note where origin = $1 and size = $2 order by number desc limit 1", [new() { Value = origin }, new() { Value = size }], cancellationToken);

    /// <summary>The last note, and where a position is asked for one about it; null where none comes so far in time.</summary>
    public async Task<string?> Asked(HttpContext http, string origin)
    {
        _ = long.TryParse(http.Request.Query[QueryRules.MinPosition], out var position);
        var started = clock.GetTimestamp();
        while (true)
        {
            if (await Latest(origin, http.RequestAborted) is { } note && HeadOf(note).Size >= position)
            {
                return note;
            }

            if (clock.GetElapsedTime(started) > LongestWait)
            {
                return null;
            }

            await Task.Delay(Look, clock, http.RequestAborted);
        }
    }

    /// <summary>The note at a size, or, where none is asked for, the last one in time.</summary>
    public Task<string?> Find(HttpContext http, string origin, long? size) => size is { } given ? At(origin, given, http.RequestAborted) : Asked(http, origin);

    /// <summary>How many events the last note is about; 0 before the first.</summary>
    public async Task<long> SignedSize(string origin, CancellationToken cancellationToken) =>
        await Latest(origin, cancellationToken) is { } note ? HeadOf(note).Size : 0;

    public static Problem NoNote(long? size) => size is { } given
        ? Problems.NotFound.Because($"No checkpoint note was signed at size {given}.")
        : new Problem(Problems.NotYetVisible);

    /// <summary>What a note of this ledger says.</summary>
    public static TreeHead HeadOf(string note) =>
        TreeHead.Parse(SignedNote.Parse(note)?.Text ?? "") ?? throw new InvalidDataException("What was kept as a checkpoint note is none.");

    /// <summary>Keeps a note and the nodes that its tree completed, both or neither; what is kept already stays.</summary>
    public static async Task Keep(
        NpgsqlConnection connection, string origin, long size, string note, IReadOnlyList<(TreeNode Node, TreeHash Hash)> nodes, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with kept as (insert into ledger_node (level, index, hash) select * from unnest($4, $5, $6) on conflict do nothing)
            insert into ledger_note (origin, size, number, note)
            select $1, $2, coalesce(max(number), 0) + 1, $3 from ledger_note where origin = $1 and size = $2
            having not coalesce(bool_or(note = $3), false)
            on conflict do nothing
            """,
            connection)
        {
            Parameters = { new() { Value = origin }, new() { Value = size }, new() { Value = note } },
        };
        command.Parameters.AddArray(NpgsqlDbType.Smallint, nodes.Select(each => (short)each.Node.Level).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Bigint, nodes.Select(each => each.Node.Index).ToArray());
        command.Parameters.AddArray(NpgsqlDbType.Bytea, nodes.Select(each => each.Hash.ToArray()).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Of several who begin the same log, one does.
    private async Task Begin(int number, string? ground, Guid? by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("insert into ledger_log (number, origin, ground, accepted_by) values ($1, $2, $3, $4) on conflict do nothing");
        command.Parameters.Add(new() { Value = number });
        command.Parameters.Add(new() { Value = $"partnerledger/{Guid.CreateVersion7():N}" });
        command.Parameters.Add(new() { Value = (object?)ground ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)by ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<string?> Read(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
