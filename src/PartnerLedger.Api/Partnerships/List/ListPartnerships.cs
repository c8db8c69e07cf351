using Microsoft.AspNetCore.Mvc;
using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships.List;

/// <summary>Searches and pages through the partnerships as they stand.</summary>
internal static class ListPartnerships
{
    private static readonly string Sql = SqlFiles.Read(typeof(ListPartnerships).Assembly, "list_partnerships.sql");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/partnerships", Handle)
        .RequireRoles(Role.Leader, Role.Auditor)
        .WithTags("Partnerships")
        .WithSummary("Search the partnerships")
        .WithDescription("In the order of recent unless sort says another: changed last first. A partnership that changes while pages are read moves in that order and in that of oldest, and so may be on none of them, or on two; by name each is read once.")
        .WithMetadata(new ReadModelMetadata())
        .Produces<Response>();

    private static async Task<IResult> Handle([AsParameters] Query query, [AsParameters] Paging paging, HttpContext http, NpgsqlDataSource database, ReadModels models, Regions regions, EventStore store)
    {
        if (await Unknown(query, regions, store, http.RequestAborted) is { Any: true } errors)
        {
            return Problems.Invalid(errors);
        }

        if (models.Unreadable(PartnershipListProjection.ProjectionName) is { } unreadable)
        {
            return unreadable;
        }

        var sort = query.Sort?.Value ?? ListSort.Recent;
        if (!paging.TryResume(out var cursor) || !PageStart.TryParse(sort, cursor, out var start))
        {
            return Paging.BadCursor();
        }

        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = Command(query, sort, start, paging.Count + 1, connection);
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        var rows = new List<PartnershipRow>();
        while (await reader.ReadAsync(http.RequestAborted))
        {
            http.AnswerAt(reader.GetInt64(0));
            if (!await reader.IsDBNullAsync(1, http.RequestAborted))
            {
                rows.Add(Row(reader));
            }
        }

        if (rows.Count > paging.Count)
        {
            rows.RemoveAt(paging.Count);
            Paging.Next(http, PageStart.After(sort, rows[^1]));
        }

        http.CountRows(rows.Count);
        return TypedResults.Ok(new Response(rows));
    }

    // Of a code that is misspelt there would be no partnership, as of one that nobody has.
    private static async Task<Errors> Unknown(Query query, Regions regions, EventStore store, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        if (query.Region?.Any(region => !regions.Contains(region)) == true)
        {
            errors.Add("region", $"Must be one of {string.Join(", ", regions.All)}.");
        }

        if (query.Factor is { Length: > 0 } factors)
        {
            var catalogue = await store.ReadCatalogue(cancellationToken);
            foreach (var factor in factors.Where(factor => !catalogue.Factors.ContainsKey(factor)))
            {
                errors.Add("factor", $"The catalogue knows no factor {factor}.");
            }
        }

        return errors;
    }

    private static NpgsqlCommand Command(Query query, ListSort sort, PageStart start, int rows, NpgsqlConnection connection)
    {
        var (order, resume) = sort switch
        {
            ListSort.Name => ("folded_name, id", "($6::text is null or (folded_name, id) > ($6, $7::uuid))"),
            ListSort.Oldest => ("position", "($6::bigint is null or position > $6) and $7::uuid is null"),
            _ => ("position desc", "($6::bigint is null or position < $6) and $7::uuid is null"),
        };
        // Said in the statement itself, so that it is planned for a search where there is one.
        var (pattern, search) = query.Q is { Length: > 0 } q ? (PartnershipRow.PatternOf(q), "folded_name like $5") : (null, "$5::text is null");
        var sql = Sql.Replace("{resume}", resume, StringComparison.Ordinal).Replace("{order}", order, StringComparison.Ordinal).Replace("{search}", search, StringComparison.Ordinal);
        var command = new NpgsqlCommand(sql, connection);
        Any(query.State?.Select(state => state.Value.ToWord()));
        Any(query.Sector?.Select(sector => sector.Value.ToWord()));
        Any(query.Region);
        Any(query.Factor);
        Add(NpgsqlDbType.Text, pattern);
        Add(sort == ListSort.Name ? NpgsqlDbType.Text : NpgsqlDbType.Bigint, sort == ListSort.Name ? start.Name : start.Position);
        Add(NpgsqlDbType.Uuid, start.Id);
        Add(NpgsqlDbType.Integer, rows);
        return command;

        void Any(IEnumerable<string>? words) => Add(NpgsqlDbType.Array | NpgsqlDbType.Text, words?.ToArray() is { Length: > 0 } given ? given : null);

        void Add(NpgsqlDbType type, object? value) => command.Parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }

    private static PartnershipRow Row(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(1),
        Name = reader.GetString(2),
        State = Words.Parse<PartnershipState>(reader.GetString(3)),
        Sectors = [.. reader.GetFieldValue<string[]>(4).Select(Words.Parse<Sector>)],
        SectorsComplete = reader.GetBoolean(5),
        Regions = reader.GetFieldValue<string[]>(6),
        Factors = reader.GetFieldValue<string[]>(7),
        ProposedOn = reader.GetNullable<string>(8) is { } date ? PartialDate.Parse(date) : null,
        Version = reader.GetInt64(9),
        Position = reader.GetInt64(10),
        LastRecordedAt = reader.GetDateTime(11),
    };

    /// <summary>Which partnerships; what is repeated means any of these.</summary>
    internal sealed record Query
    {
        [FromQuery(Name = "state")]
        public Word<PartnershipState>[]? State { get; init; }

        [FromQuery(Name = "sector")]
        public Word<Sector>[]? Sector { get; init; }

        [FromQuery(Name = "region")]
        public string[]? Region { get; init; }

        /// <summary>Codes of factors noted at least once.</summary>
        [FromQuery(Name = "factor")]
        public string[]? Factor { get; init; }

        /// <summary>A part of the name, without regard to case.</summary>
        [FromQuery(Name = "q")]
        public string? Q { get; init; }

        [FromQuery(Name = "sort")]
        public Word<ListSort>? Sort { get; init; }
    }

    internal sealed record Response(IReadOnlyList<PartnershipRow> Items);
}
