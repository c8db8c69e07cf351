using Npgsql;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts what a brief tells of: partnerships by fate, of which of them factors were noted, and how many recovered then.</summary>
internal sealed class BriefQuery(NpgsqlDataSource database, Catalogues catalogues)
{
    private const string NoInformants = "select factor, fate, 0::bigint as informants from counted where false";

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
        chosen as materialized (select c.stream_id, c.state, {Fate("c")} as fate from ({sql.Chosen}) c),
        recovery as materialized (
            select s.stream_id, c.fate, max(s.occurred) as day from read_analysis.step s join chosen c on c.stream_id = s.stream_id
            where {sql.Holds("s")} and s.left_state in ('struggling', 'undeveloped') and s.state in ('active', 'successful') group by s.stream_id, c.fate
        ),
        recovered as materialized (
            select n.factor, r.fate, n.stream_id, n.informant from recovery r join read_analysis.note n on n.stream_id = r.stream_id
            where {sql.Holds("n")} and r.day >= {CoursesQuery.NoteDay("n")}{sql.Lies("n", "occurred_first", "occurred_last")}{sql.ToldFrom("n")}
        ),
        {(ReadsCells(question) ? FromCells(question, sql) : FromRanges(question, sql))},
        after as (select factor, fate, count(*) as noted from (select distinct factor, fate, stream_id from recovered) as each group by factor, fate),
        informed_after as (
            select factor, fate, count(*) as informants from (select distinct factor, fate, informant from recovered where informant is not null) as each
            where {(question.CountsInformants ? "true" : "false")} group by factor, fate
        )
        select at.position, coalesce(at.catalogue, 0), f.* from at join (
            select k.factor, c.fate, c.noted, coalesce(i.informants, 0), coalesce(a.noted, 0), coalesce(b.informants, 0)
            from known k left join (
                counted c left join informed i on i.factor = c.factor and i.fate = c.fate
                left join after a on a.factor = c.factor and a.fate = c.fate
                left join informed_after b on b.factor = c.factor and b.fate = c.fate
            ) on c.factor = k.factor
            union all
            select null, s.state, coalesce(p.partnerships, 0), 0, 0, 0
            from unnest({sql.Words(Words.All<PartnershipState>())}) as s (state)
            left join (select state, count(*) as partnerships from chosen group by state) p on p.state = s.state
        ) f on true
        """;

    // Cells do not tell how many people noted a factor, only the notes do whether there are enough.
    private static bool ReadsCells(AnalysisQuestion question) =>
        question is { IsOfPresentAndAllTime: true, RegionOf: RegionOf.Partnership } && (!question.CountsInformants || question.EnoughInformants is not null);

    private static string FromCells(AnalysisQuestion question, QuestionSql sql) => $"""
        known as materialized (select distinct n.factor from read_analysis.factor_cell n),
        counted as materialized (
            select c.factor, {Fate("c")} as fate, sum(c.partnerships)::bigint as noted from read_analysis.factor_cell c where true{sql.Chooses("c")} group by 1, 2
        ),
        informed as (
            {(question is { CountsInformants: true, EnoughInformants: { } enough }
                ? $"select k.factor, k.fate, ({FactorsSql.EnoughOf("k.factor", $"{Fate("c")} = k.fate", enough, question, sql)}) as informants from counted k"
                : NoInformants)}
        )
        """;

    private static string FromRanges(AnalysisQuestion question, QuestionSql sql) => $"""
        known as (select distinct n.factor from read_analysis.note n where {sql.Holds("n")}),
        told as materialized (
            select n.factor, c.fate, n.stream_id, n.informant from read_analysis.note n join chosen c on c.stream_id = n.stream_id
            where {sql.Holds("n")}{sql.Lies("n", "occurred_first", "occurred_last")}{sql.ToldFrom("n")}
        ),
        counted as (select factor, fate, count(*) as noted from (select distinct factor, fate, stream_id from told) as each group by factor, fate),
        informed as (
            {(question.CountsInformants
                ? "select factor, fate, count(*) as informants from (select distinct factor, fate, informant from told where informant is not null) as each group by factor, fate"
                : NoInformants)}
        )
        """;

    private static string Fate(string row) => $"""
        (case when {row}.state in ('struggling', 'failed') then 'failed' when {row}.state in ('unexplored', 'undeveloped') then 'undeveloped'
            when {row}.state = 'successful' then 'successful' else 'active' end)
        """;
}
