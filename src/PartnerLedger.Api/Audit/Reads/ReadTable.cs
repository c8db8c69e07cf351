using Npgsql;
using NpgsqlTypes;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>Keeps reads in the database, and forgets them when their time is over.</summary>
internal sealed class ReadTable(NpgsqlDataSource database, People people, ReadsKept kept, TimeProvider clock)
{
    private const int ForgottenAtOnce = 5_000;

    private const string InsertSql = """
        insert into ledger_read (id, at, person, roles, route, path, query, status, rows, until)
        select id, at, person, string_to_array(roles, ','), route, path, query, status, rows, until
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as read (id, at, person, roles, route, path, query, status, rows, until)
        on conflict do nothing
        """;

    private const string InsertGapSql = "insert into ledger_read_gap (id, since, until, reads) values ($1, $2, $3, $4) on conflict do nothing";

    private const string ForgetSql = """
        with gaps as (delete from ledger_read_gap where until < $1)
        delete from ledger_read where ctid = any (array(select ctid from ledger_read where at < $1 order by at limit $2))
        """;

    /// <summary>Keeps these; once only, should they come again because it was unknown whether they had been kept.</summary>
    public async Task Keep(IReadOnlyCollection<Read> reads, CancellationToken cancellationToken)
    {
        var persons = new List<Guid>(reads.Count);
        foreach (var read in reads)
        {
            persons.Add(read.Person ?? await people.Actor(read.Caller!.Issuer, read.Caller.Subject, cancellationToken));
        }

        await using var command = database.CreateCommand(InsertSql);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, [.. reads.Select(read => read.Id)]);
        command.Parameters.AddArray(NpgsqlDbType.TimestampTz, [.. reads.Select(read => read.At)]);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, [.. persons]);
        command.Parameters.AddArray(NpgsqlDbType.Text, [.. reads.Select(read => read.Roles)]);
        command.Parameters.AddArray(NpgsqlDbType.Text, [.. reads.Select(read => read.Route)]);
        command.Parameters.AddArray(NpgsqlDbType.Text, [.. reads.Select(read => read.Path)]);
        command.Parameters.AddArray<string?>(NpgsqlDbType.Text, [.. reads.Select(read => read.Query)]);
        command.Parameters.AddArray(NpgsqlDbType.Integer, [.. reads.Select(read => read.Status)]);
        command.Parameters.AddArray<long?>(NpgsqlDbType.Bigint, [.. reads.Select(read => read.Rows)]);
        command.Parameters.AddArray<DateTime?>(NpgsqlDbType.TimestampTz, [.. reads.Select(read => read.Until)]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps that reads are missing; once only, too.</summary>
    public async Task Keep(ReadGap gap, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(InsertGapSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = gap.Id });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = gap.Since });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = gap.Until });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = gap.Reads });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Forgets some of what is older than may be kept; true where there is more.</summary>
    public async Task<bool> Forget(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ForgetSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime.AddDays(-kept.Days) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ForgottenAtOnce });
        return await command.ExecuteNonQueryAsync(cancellationToken) >= ForgottenAtOnce;
    }
}
