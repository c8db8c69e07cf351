using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts the courses that lives took from the first proposed to the first end.</summary>
internal sealed class CoursesQuery(NpgsqlDataSource database, Catalogues catalogues)
{
    public async Task<Disclosure.Counted<CountedCourses>> Ask(LifeQuestion question, CancellationToken cancellationToken)
    {
        var catalogue = catalogues.Newest;
        while (true)
        {
            var (counted, position, version) = await Ask(question, catalogue, cancellationToken);
            if (version == catalogue.Version || !question.Compares)
            {
                return new(counted, position);
            }

            // Which factors are meant is for the catalogue to say, as it was at the very same position.
            catalogue = await catalogues.At(version, cancellationToken);
        }
    }

    private async Task<(CountedCourses Counted, long Position, long Catalogue)> Ask(
        LifeQuestion question, Catalogue catalogue, CancellationToken cancellationToken)
    {
        var sql = new QuestionSql(question.Partnerships);
        await using var batch = sql.Make(database, Sql(question, sql, catalogue));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var courses = new Dictionary<CountedCourse, long>();
        var lives = new Dictionary<(CountedLife Life, string Regions), long>();
        var (position, version, leftOut, informants) = (0L, 0L, 0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (position, version, informants) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
            if (await reader.IsDBNullAsync(7, cancellationToken))
            {
                continue;
            }

            var (partnerships, isAtRisk, isNoted) = (reader.GetInt64(7), !await reader.IsDBNullAsync(5, cancellationToken), reader.GetBoolean(6));
            var ending = reader.GetNullable<string>(3) is { } word ? Words.Parse<PartnershipState>(word) : (PartnershipState?)null;
            var regions = await reader.GetFieldValueAsync<string[]>(11, cancellationToken);
            var life = new CountedLife(
                new(Words.Parse<PartnershipState>(reader.GetString(8)), reader.GetInt16(9), reader.GetBoolean(10), [], 0), isAtRisk, ending, isNoted);
            Count(lives, (life, string.Join('+', regions)), partnerships);
            if (isAtRisk)
            {
                Count(courses, new(reader.GetInt32(4), reader.GetInt32(5), ending, isNoted, 0), partnerships);
            }
            else
            {
                leftOut += partnerships;
            }
        }

        var counted = new CountedCourses([.. courses.Select(course => course.Key with { Partnerships = course.Value })], leftOut, informants)
        {
            Lives = [.. lives.Select(life => life.Key.Life with { Cell = life.Key.Life.Cell with
            {
                Regions = life.Key.Regions.Split('+', StringSplitOptions.RemoveEmptyEntries),
                Partnerships = life.Value,
            } })],
        };
        return (counted, position, version);

        static void Count<T>(Dictionary<T, long> counts, T key, long more)
            where T : notnull => counts[key] = counts.GetValueOrDefault(key) + more;
    }

    private static string Sql(LifeQuestion question, QuestionSql sql, Catalogue catalogue)
    {
        var landmark = question.Landmark is { } day ? sql.Bind(NpgsqlDbType.Integer, day) : null;
        var (isLate, compares) = (question.Entry == Entry.Recorded, question.Compares);
        return $"""
            with {sql.At},
            life as (
                select c.stream_id, c.state, {ToldApart("c", question.Partnerships)}, c.proposed, c.ending, greatest(coalesce(c.ended, {sql.Bind(NpgsqlDbType.Date, question.Until)}) - c.proposed, 0) as last,
                    {(isLate ? "greatest(known.since - c.proposed, 0)" : "0")} as entry,
                    c.proposed is not null and c.state not in ('unexplored', 'undeveloped') as formed
                from ({sql.Chosen}) c
                {(isLate ? "join (select s.stream_id, min(s.recorded) as since from read_analysis.step s where s.version = 1 group by s.stream_id) known on known.stream_id = c.stream_id" : "")}
                where true{sql.Lies("c", "opened_first", "opened_last")}
            ),
            course as (
                select stream_id, state, sectors, complete, regions, proposed, ending, {landmark ?? "entry"} as entry, last,
                    formed and {(landmark is null ? "(entry < last or (entry = 0 and last = 0))" : $"entry <= {landmark} and last > {landmark}")} as at_risk
                from life
            ),
            told as materialized (
                {(compares ? $"""
                select n.stream_id, n.informant from read_analysis.note n join course c on c.stream_id = n.stream_id
                where {sql.Holds("n")} and c.at_risk and {NoteDay("n")} <= c.proposed + {landmark}{sql.ToldFrom("n")}
                    and n.factor = any ({sql.Words(catalogue.Factors.Values.Where(question.Partnerships.Wants).Select(factor => factor.Code))})
                """ : "select null::uuid as stream_id, null::uuid as informant where false")}
            ),
            counted as (
                select case when c.at_risk then c.ending end as ending, case when c.at_risk then c.entry end as entry, case when c.at_risk then c.last end as last,
                    {(compares ? "n.stream_id is not null" : "false")} as noted, count(*) as partnerships, c.state, c.sectors, c.complete, c.regions
                from course c {(compares ? "left join (select distinct stream_id from told) n on n.stream_id = c.stream_id" : "")}
                group by 1, 2, 3, 4, c.state, c.sectors, c.complete, c.regions
            )
            select at.position, coalesce(at.catalogue, 0), (select count(distinct informant) from told), k.ending, k.entry, k.last, k.noted, k.partnerships, k.state, k.sectors, k.complete, k.regions
            from at left join counted k on true
            """;
    }

    // What a question chooses by is told apart, and nothing else: what is told of all tells nothing of it.
    private static string ToldApart(string row, AnalysisQuestion question) => string.Join(", ",
        question.ChoosesBy(Dimension.Sectors) ? $"{row}.sectors, {row}.complete" : "0::smallint as sectors, true as complete",
        question.ChoosesBy(Dimension.Regions) ? $"{row}.regions" : $"'{Codes.None}'::text[] as regions");

    /// <summary>The day that stands for a note's occurredOn in arithmetic: a month's 16th, a year's July 1st.</summary>
    public static string NoteDay(string row) => $"""
        (case when {row}.occurred_first = {row}.occurred_last then {row}.occurred_first
            when {row}.occurred_last < {row}.occurred_first + 31 then {row}.occurred_first + 15
            else ({row}.occurred_first + interval '6 months')::date end)
        """;
}
