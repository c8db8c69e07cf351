using Npgsql;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts what a brief tells of: partnerships by fate, of which of them factors were noted, and how many recovered then.</summary>
internal sealed class BriefQuery(NpgsqlDataSource database, Catalogues catalogues)
{
    public async Task<Disclosure.Counted<CountedBrief>> Ask(AnalysisQuestion question, CancellationToken cancellationToken)
    {
        var sql = new QuestionSql(question);
        await using var batch = sql.Make(database, Sql(question, sql));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var (population, notes, position, version) = (new Dictionary<PartnershipState, long>(), new Dictionary<string, Dictionary<Fate, CountedNotes>>(), 0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (position, version) = (reader.GetInt64(0), reader.GetInt64(1));
            var state = reader.GetNullable<string>(3) is { } word ? Words.Parse<PartnershipState>(word) : (PartnershipState?)null;
            if (reader.GetNullable<string>(2) is not { } factor)
            {
                population.Add(state!.Value, reader.GetInt64(4));
                continue;
            }

            if (!notes.TryGetValue(factor, out var its))
            {
                notes.Add(factor, its = []);
            }

            if (state is { } representative)
            {
                its.Add(CountedBrief.FateOf(representative), new(reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7)));
            }
        }

        var catalogue = await catalogues.At(version, cancellationToken);
        return new(
            new(population, [.. notes.OrderBy(factor => factor.Key, StringComparer.Ordinal)
                .Where(factor => catalogue.Factors.TryGetValue(factor.Key, out var meaning) && question.Wants(meaning))
                .Select(factor => new BriefedFactor(catalogue.Factors[factor.Key], factor.Value))]),
            position);
    }

    // Of each fate one state stands for all. Who noted it by the last day on which a partnership recovered, did so before it recovered.
    private static string Sql(AnalysisQuestion question, QuestionSql sql) => $"""
        with {sql.At},
        chosen as materialized (
            select c.stream_id, c.state, case when c.state in ('struggling', 'failed') then 'failed' when c.state in ('unexplored', 'undeveloped') then 'undeveloped'
                when c.state = 'successful' then 'successful' else 'active' end as fate
            from ({sql.Chosen}) c
        ),
        recovery as (
            select s.stream_id, max(s.occurred) as day from read_analysis.step s
            where {sql.Holds("s")} and s.left_state in ('struggling', 'undeveloped') and s.state in ('active', 'successful') group by s.stream_id
        ),
        known as (select distinct n.factor from read_analysis.note n where {sql.Holds("n")}),
        told as materialized (
            select n.factor, c.fate, n.stream_id, n.informant, coalesce(r.day >= {CoursesQuery.NoteDay("n")}, false) as recovers
            from read_analysis.note n join chosen c on c.stream_id = n.stream_id left join recovery r on r.stream_id = n.stream_id
            where {sql.Holds("n")}{sql.Lies("n", "occurred_first", "occurred_last")}{sql.ToldFrom("n")}
        ),
        counted as (
            select factor, fate, count(*) as noted, count(*) filter (where recovers) as recovered
            from (select factor, fate, stream_id, bool_or(recovers) as recovers from told group by factor, fate, stream_id) as each group by factor, fate
        ),
        informed as (
            {(question.CountsInformants ? """
            select factor, fate, count(*) as informants, count(*) filter (where recovers) as recovered from (
                select factor, fate, informant, bool_or(recovers) as recovers from told where informant is not null group by factor, fate, informant
            ) as each group by factor, fate
            """ : "select factor, fate, 0 as informants, 0 as recovered from counted where false")}
        )
        select at.position, coalesce(at.catalogue, 0), f.* from at join (
            select k.factor, c.fate, c.noted, coalesce(i.informants, 0), c.recovered, coalesce(i.recovered, 0)
            from known k left join (counted c left join informed i on i.factor = c.factor and i.fate = c.fate) on c.factor = k.factor
            union all
            select null, s.state, coalesce(p.partnerships, 0), 0, 0, 0
            from unnest({sql.Words(Words.All<PartnershipState>())}) as s (state)
            left join (select state, count(*) as partnerships from chosen group by state) p on p.state = s.state
        ) f on true
        """;
}
