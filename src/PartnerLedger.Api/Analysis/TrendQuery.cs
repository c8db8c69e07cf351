using Npgsql;
using PartnerLedger.Domain.Factors;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts in how many partnerships each factor was noted, by the year of their first event.</summary>
internal sealed class TrendQuery(NpgsqlDataSource database, Catalogues catalogues)
{
    // Of the whole present, where it does not matter how many people told of it.
    private const string FromCounts = """
        population as (select year, partnerships as total from read_analysis.year_count where factor = ''),
        known as (select distinct factor from read_analysis.factor_cell),
        counted as (select factor, year, partnerships as noted, 0::bigint as informants from read_analysis.year_count where factor <> '')
        """;

    public async Task<Disclosure.Counted<IReadOnlyList<CountedYears>>> Ask(AnalysisQuestion question, CancellationToken cancellationToken)
    {
        var sql = new QuestionSql(question);
        await using var batch = sql.Make(database, $"""
            with {sql.At}, {(question is { IsOfPresentAndAllTime: true, ChoosesPartnerships: false, CountsInformants: false } ? FromCounts : FromNotes(question, sql))}
            select at.position, coalesce(at.catalogue, 0), k.factor, p.year, coalesce(c.noted, 0), p.total, coalesce(c.informants, 0)
            from at left join (known k cross join population p left join counted c on c.factor = k.factor and c.year = p.year) on true
            order by k.factor collate "C", p.year
            """);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<(string Factor, CountedYear Year)>();
        var (position, version) = (0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (position, version) = (reader.GetInt64(0), reader.GetInt64(1));
            if (reader.GetNullable<string>(2) is { } factor)
            {
                rows.Add((factor, new(reader.GetInt32(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6))));
            }
        }

        var catalogue = await catalogues.At(version, cancellationToken);
        return new([.. rows.GroupBy(row => row.Factor, row => row.Year, (code, years) => new CountedYears(code, catalogue.Factors.GetValueOrDefault(code), [.. years]))
            .Where(counted => !question.ChoosesFactors || (counted.Meaning is { } factor && question.Wants(factor)))], position);
    }

    private static string FromNotes(AnalysisQuestion question, QuestionSql sql) => $"""
        opened as materialized (
            select c.stream_id, extract(year from c.opened_first)::int as year from ({sql.Chosen}) c where c.opened_first is not null
        ),
        population as (select year, count(*) as total from opened group by year),
        known as (select distinct n.factor from read_analysis.note n where {sql.Holds("n")}),
        counted as (
            select n.factor, o.year, count(distinct n.stream_id) as noted, {(question.CountsInformants ? "count(distinct n.informant)" : "0::bigint")} as informants
            from read_analysis.note n join opened o on o.stream_id = n.stream_id
            where {sql.Holds("n")}{sql.Lies("n", "occurred_first", "occurred_last")}{sql.ToldFrom("n")}
            group by n.factor, o.year
        )
        """;
}

/// <summary>In how many of the partnerships that began in a year a factor was noted, and by how many people.</summary>
internal sealed record CountedYear(int Year, long Noted, long Of, long Informants);

/// <summary>A factor's years, and what the catalogue says of it, if it knows it.</summary>
internal sealed record CountedYears(string Factor, Factor? Meaning, IReadOnlyList<CountedYear> Years);
