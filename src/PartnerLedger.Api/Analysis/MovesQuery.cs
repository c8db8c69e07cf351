using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts how often partnerships went from one state to another, and how long they were in each.</summary>
internal sealed class MovesQuery(NpgsqlDataSource database)
{
    public async Task<Disclosure.Counted<CountedMoves>> Ask(LifeQuestion question, CancellationToken cancellationToken)
    {
        var sql = new QuestionSql(question.Partnerships);
        await using var batch = sql.Make(database, Sql(question, sql));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var (moves, stays, position) = (new List<CountedMove>(), new List<CountedStay>(), 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            position = reader.GetInt64(0);
            if (await reader.IsDBNullAsync(2, cancellationToken))
            {
                continue;
            }

            var state = Words.Parse<PartnershipState>(reader.GetString(2));
            if (reader.GetBoolean(7))
            {
                stays.Add(new(state, reader.GetInt64(3), reader.GetInt64(6)));
            }
            else
            {
                var from = reader.GetNullable<string>(1) is { } left ? Words.Parse<PartnershipState>(left) : (PartnershipState?)null;
                moves.Add(new(from, state, reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)));
            }
        }

        return new(new(moves, stays), position);
    }

    private static string Sql(LifeQuestion question, QuestionSql sql)
    {
        // Where all partnerships are meant, so are all steps.
        var isOfAll = question.Partnerships is { ChoosesPartnerships: false, From: null, To: null };
        return $"""
            with {sql.At},
            chosen as (select c.stream_id, c.state, c.since from ({sql.Chosen}) c where true{sql.Lies("c", "opened_first", "opened_last")}),
            counted as (
                select s.left_state, s.state, count(*) as moves, count(*) filter (where s.first_move) as partnerships, count(*) filter (where s.first_entry) as entered,
                    coalesce(sum(greatest(s.occurred - s.left_since, 0)), 0)::bigint as days, false as stays
                from read_analysis.step s {(isOfAll ? "" : "join chosen c on c.stream_id = s.stream_id")}
                where {sql.Holds("s")}
                group by s.left_state, s.state
                union all
                select null, c.state, count(*), 0, 0, coalesce(sum(greatest({sql.Bind(NpgsqlDbType.Date, question.Until)} - c.since, 0)), 0)::bigint, true
                from chosen c group by c.state
            )
            select at.position, k.left_state, k.state, k.moves, k.partnerships, k.entered, k.days, k.stays from at left join counted k on true
            """;
    }
}
