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
        await using var batch = sql.Make(database, Sql(sql));
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

    // Of each fate one state stands for all. Who recovered after a factor was first noted did so on the last day on which they did at all, too.
    private static string Sql(QuestionSql sql) => $"""
        with {sql.At},
        chosen as materialized (
            select c.stream_id, c.state, case when c.state in ('struggling', 'failed') then 'failed' when c.state in ('unexplored', 'undeveloped') then 'undeveloped'
                when c.state = 'successful' then 'successful' else 'active' end as fate
            from ({sql.Chosen}) c
        ),
        recovery as (
            select s.stream_id, max(s.occurred) as day from read_analysis.step s join chosen c on c.stream_id = s.stream_id
            where {sql.Holds("s")} and s.left_state in ('struggling', 'undeveloped') and s.state in ('active', 'successful') group by s.stream_id
        ),
        known as (select distinct n.factor from read_analysis.note n where {sql.Holds("n")}),
        told as materialized (
            select n.factor, n.stream_id, c.fate, n.informant, {CoursesQuery.NoteDay("n")} as day from read_analysis.note n join chosen c on c.stream_id = n.stream_id
            where {sql.Holds("n")}{sql.Lies("n", "occurred_first", "occurred_last")}{sql.ToldFrom("n")}
        ),
        noted as materialized (
            select f.factor, f.stream_id, f.fate, coalesce(r.day >= f.day, false) as recovered
            from (select factor, stream_id, fate, min(day) as day from told group by factor, stream_id, fate) f left join recovery r on r.stream_id = f.stream_id
        ),
        counted as (select factor, fate, count(*) as noted, count(*) filter (where recovered) as recovered from noted group by factor, fate),
        informed as (
            select t.factor, t.fate, count(distinct t.informant) as informants, count(distinct t.informant) filter (where n.recovered) as recovered
            from told t join noted n on n.factor = t.factor and n.stream_id = t.stream_id group by t.factor, t.fate
        )
        select at.position, coalesce(at.catalogue, 0), f.* from at join (
            select k.factor, c.fate, c.noted, i.informants, c.recovered, i.recovered as recovered_informants
            from known k left join (counted c join informed i on i.factor = c.factor and i.fate = c.fate) on c.factor = k.factor
            union all
            select null, s.state, (select count(*) from chosen c where c.state = s.state), 0, 0, 0
            from unnest({sql.Words(Words.All<PartnershipState>())}) as s (state)
        ) f on true
        """;
}
