using Npgsql;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts what a brief tells of: partnerships by fate, of which of them factors were noted, and how many recovered then.</summary>
internal sealed class BriefQuery(NpgsqlDataSource database, Catalogues catalogues)
{
    private const string NoInformants = "select factor, fate, 0::bigint as informants, 0::bigint as recovered from counted where false";

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

    // Of each fate one state stands for all.
    private static string Sql(AnalysisQuestion question, QuestionSql sql) => $"""
        with {sql.At},
        {(ReadsCells(question) ? FromCells(question, sql) : FromRanges(question, sql))}
        select at.position, coalesce(at.catalogue, 0), f.* from at join (
            select k.factor, c.fate, c.noted, coalesce(i.informants, 0), c.recovered, coalesce(i.recovered, 0)
            from known k left join (counted c left join informed i on i.factor = c.factor and i.fate = c.fate) on c.factor = k.factor
            union all
            select null, s.state, coalesce(p.partnerships, 0), 0, 0, 0
            from unnest({sql.Words(Words.All<PartnershipState>())}) as s (state) left join population p on p.state = s.state
        ) f on true
        """;

    // Cells do not tell how many people noted a factor, only the notes do whether there are enough.
    private static bool ReadsCells(AnalysisQuestion question) =>
        question is { IsOfPresentAndAllTime: true, RegionOf: RegionOf.Partnership } && (!question.CountsInformants || question.EnoughInformants is not null);

    private static string FromCells(AnalysisQuestion question, QuestionSql sql) => $"""
        population as (select c.state, sum(c.partnerships)::bigint as partnerships from read_analysis.cell c where true{sql.Chooses("c")} group by c.state),
        known as materialized (select distinct n.factor from read_analysis.factor_cell n),
        counted as materialized (
            select c.factor, {Fate("c")} as fate, sum(c.partnerships)::bigint as noted, sum(c.recovered)::bigint as recovered
            from read_analysis.factor_cell c where true{sql.Chooses("c")} group by 1, 2
        ),
        informed as materialized ({(question is { CountsInformants: true, EnoughInformants: { } enough } ? EnoughInformed(question, sql, enough) : NoInformants)})
        """;

    private static string EnoughInformed(AnalysisQuestion question, QuestionSql sql, long enough) => $"""
        with {FactorsSql.Asked("counted", "fate", Fate("c"), enough, sql.Chooses("c"))}
        select k.factor, k.fate, {FactorsSql.EnoughAsked("fate", Fate("c"), enough, question, sql)} as informants, (
            select count(*) from (
                select distinct c.informant from read_analysis.recovered_teller c
                where c.factor = k.factor and {Fate("c")} = k.fate{sql.Chooses("c")} limit {enough}
            ) as few
        ) as recovered
        from asked k
        """;

    private static string FromRanges(AnalysisQuestion question, QuestionSql sql) => $"""
        chosen as materialized (select c.stream_id, c.state, {Fate("c")} as fate, c.recovered from ({sql.Chosen}) c),
        population as (select state, count(*) as partnerships from chosen group by state),
        known as (select distinct n.factor from read_analysis.note n where {sql.Holds("n")}),
        told as materialized (
            select n.factor, c.fate, n.stream_id, n.informant, coalesce({Recovers}, false) as recovers
            from read_analysis.note n join chosen c on c.stream_id = n.stream_id
            where {sql.Holds("n")}{sql.Lies("n", "occurred_first", "occurred_last")}{sql.ToldFrom("n")}
        ),
        counted as (
            select factor, fate, count(*) as noted, count(*) filter (where recovers) as recovered
            from (select factor, fate, stream_id, bool_or(recovers) as recovers from told group by factor, fate, stream_id) as each group by factor, fate
        ),
        informed as (
            {(question.CountsInformants ? """
            select factor, fate, count(*) as informants, count(*) filter (where recovers) as recovered
            from (select factor, fate, informant, bool_or(recovers) as recovers from told where informant is not null group by factor, fate, informant) as each
            group by factor, fate
            """ : NoInformants)}
        )
        """;

    // Who noted it by the last day on which a partnership recovered, did so before it recovered.
    private static string Recovers => $"c.recovered >= {CoursesQuery.NoteDay("n")}";

    private static string Fate(string row) => $"""
        (case when {row}.state in ('struggling', 'failed') then 'failed' when {row}.state in ('unexplored', 'undeveloped') then 'undeveloped'
            when {row}.state = 'successful' then 'successful' else 'active' end)
        """;
}
