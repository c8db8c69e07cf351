using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit.Reads;

/// <summary>Who asked what, when, and how much they were answered; the newest first.</summary>
internal static class ListReads
{
    private const string Sql = """
        select r.id, r.at, r.person, p.issuer, p.subject, r.roles, r.route, r.path, r.query, r.status, r.rows, r.until
        from ledger_read r left join ledger_person p on p.id = r.person
        where {conditions}
        order by r.at desc, r.id desc limit {limit}
        """;

    private const string DroppedSql = """
        select coalesce(sum(reads), 0)::bigint from ledger_read_gap where until >= coalesce($1, '-infinity') and since <= coalesce($2, 'infinity')
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/reads", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("Who asked what, when, and how much they were answered")
        .WithDescription("Each GET of a route under /api by somebody signed in, answered or refused, on every node; about a second after it. Asking here is noted, too.")
        .Produces<Response>();

    private static async Task<IResult> Handle([AsParameters] Query query, [AsParameters] Paging paging, HttpContext http, NpgsqlDataSource database)
    {
        if (query.From?.Utc > query.To?.Utc)
        {
            return Problems.Invalid("from", "May not be after to.");
        }

        if (!paging.TryResume(out var cursor) || !ReadsStart.TryParse(cursor, out var start))
        {
            return Paging.BadCursor();
        }

        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        var reads = await Reads(query, start, paging.Count + 1, connection, http.RequestAborted);
        if (reads.Count > paging.Count)
        {
            reads.RemoveAt(paging.Count);
            Paging.Next(http, ReadsStart.After(reads[^1]));
        }

        http.CountRows(reads.Count);
        return TypedResults.Ok(new Response(reads, await Dropped(query, connection, http.RequestAborted)));
    }

    private static async Task<List<ListedRead>> Reads(Query query, ReadsStart? start, int rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        List<string> conditions = ["true"];
        Where("r.at >= {0}", query.From?.Utc);
        Where("r.at <= {0}", query.To?.Utc);
        Where("r.person = {0}", query.Person);
        Where("r.route = {0}", query.Route);
        Where("(r.at, r.id) < ({0}, {1})", start?.At, start?.Id);
        command.CommandText = Sql.Replace("{conditions}", string.Join(" and ", conditions), StringComparison.Ordinal)
            .Replace("{limit}", rows.ToString(), StringComparison.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<ListedRead>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(Row(reader));
        }

        return found;

        // Only what is asked for is in the statement, so that each question finds its index.
        void Where(string condition, params object?[] values)
        {
            if (values[0] is not null)
            {
                conditions.Add(string.Format(condition, [.. values.Select((_, place) => $"${command.Parameters.Count + place + 1}")]));
                command.Parameters.AddRange(Array.ConvertAll(values, value => new NpgsqlParameter { Value = value }));
            }
        }
    }

    private static async Task<long> Dropped(Query query, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(DroppedSql, connection);
        foreach (var moment in new[] { query.From, query.To })
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = moment is { } given ? given.Utc : DBNull.Value });
        }

        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static ListedRead Row(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        At = reader.GetDateTime(1),
        Until = reader.IsDBNull(11) ? null : reader.GetDateTime(11),
        Person = reader.GetGuid(2),
        Issuer = reader.GetNullable<string>(3),
        Subject = reader.GetNullable<string>(4),
        Roles = reader.GetFieldValue<string[]>(5),
        Route = reader.GetString(6),
        Path = reader.GetString(7),
        Query = reader.GetNullable<string>(8),
        Status = reader.GetInt32(9),
        Rows = reader.IsDBNull(10) ? null : reader.GetInt64(10),
    };

    /// <summary>Which reads.</summary>
    internal sealed record Query
    {
        [FromQuery(Name = "from"), Description("Those that came at this moment or later.")]
        public Moment? From { get; init; }

        [FromQuery(Name = "to"), Description("Those that came at this moment or earlier.")]
        public Moment? To { get; init; }

        [FromQuery(Name = "person"), Description("Those of this person, by the id that the items and the events show.")]
        public Guid? Person { get; init; }

        [FromQuery(Name = "route"), Description("Those of this route, as the items write it.")]
        public string? Route { get; init; }
    }

    /// <summary>The reads, and how many of the time asked for could not be kept.</summary>
    internal sealed record Response(IReadOnlyList<ListedRead> Items, long Dropped);
}
