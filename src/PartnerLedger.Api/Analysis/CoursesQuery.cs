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
        var courses = new List<CountedCourse>();
        var (position, version, leftOut, informants) = (0L, 0L, 0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (position, version, informants) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
            if (!await reader.IsDBNullAsync(5, cancellationToken))
            {
                courses.Add(new(
                    reader.GetInt32(4), reader.GetInt32(5), reader.GetNullable<string>(3) is { } word ? Words.Parse<PartnershipState>(word) : null,
                    reader.GetBoolean(6), reader.GetInt64(7)));
            }
            else if (!await reader.IsDBNullAsync(7, cancellationToken))
            {
                leftOut += reader.GetInt64(7);
            }
        }

        return (new(courses, leftOut, informants), position, version);
    }

    private static string Sql(LifeQuestion question, QuestionSql sql, Catalogue catalogue)
    {
        var landmark = question.Landmark is { } day ? sql.Bind(NpgsqlDbType.Integer, day) : null;
        var (isLate, compares) = (question.Entry == Entry.Recorded, question.Compares);
        return $"""
            with {sql.At},
            life as (
                select c.stream_id, c.proposed, c.ending, greatest(coalesce(c.ended, {sql.Bind(NpgsqlDbType.Date, question.Until)}) - c.proposed, 0) as last,
                    {(isLate ? "greatest(known.since - c.proposed, 0)" : "0")} as entry,
                    c.proposed is not null and c.state not in ('unexplored', 'undeveloped') as formed
                from ({sql.Chosen}) c
                {(isLate ? "join (select s.stream_id, min(s.recorded) as since from read_analysis.step s where s.version = 1 group by s.stream_id) known on known.stream_id = c.stream_id" : "")}
                where true{sql.Lies("c", "opened_first", "opened_last")}
            ),
            course as (
                select stream_id, proposed, ending, {landmark ?? "entry"} as entry, last,
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
                    {(compares ? "n.stream_id is not null" : "false")} as noted, count(*) as partnerships
                from course c {(compares ? "left join (select distinct stream_id from told) n on n.stream_id = c.stream_id" : "")}
                group by 1, 2, 3, 4
            )
            select at.position, coalesce(at.catalogue, 0), (select count(distinct informant) from told), k.ending, k.entry, k.last, k.noted, k.partnerships
            from at left join counted k on true
            """;
    }

    /// <summary>The day that stands for a note's occurredOn in arithmetic: a month's 16th, a year's July 1st.</summary>
    public static string NoteDay(string row) => $"""
        (case when {row}.occurred_first = {row}.occurred_last then {row}.occurred_first
            when {row}.occurred_last < {row}.occurred_first + 31 then {row}.occurred_first + 15
            else ({row}.occurred_first + interval '6 months')::date end)
        """;
}
