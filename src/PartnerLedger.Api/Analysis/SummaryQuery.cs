using Npgsql;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts the partnerships that a question is about.</summary>
internal sealed class SummaryQuery(NpgsqlDataSource database)
{
    public async Task<Disclosure.Counted<CountedPartnerships>> Ask(AnalysisQuestion question, CancellationToken cancellationToken)
    {
        var sql = new QuestionSql(question);
        await using var batch = sql.Make(database, Sql(question, sql));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var cells = new List<CountedCell>();
        var (position, informants) = (0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (position, informants) = (reader.GetInt64(0), reader.GetInt64(1));
            if (!await reader.IsDBNullAsync(2, cancellationToken))
            {
                cells.Add(Cell(reader));
            }
        }

        return new(new(cells, informants), position);
    }

    private static CountedCell Cell(NpgsqlDataReader reader) => new(
        Words.Parse<PartnershipState>(reader.GetString(2)), reader.GetInt16(3), reader.GetBoolean(4), reader.GetFieldValue<string[]>(5), reader.GetInt64(6));

    private static string Sql(AnalysisQuestion question, QuestionSql sql)
    {
        // Where all partnerships are meant, so are all who told of any.
        var isOfAll = !question.ChoosesPartnerships && question.From is null && question.To is null;
        var readsCells = question is { IsOfPresentAndAllTime: true, RegionOf: RegionOf.Partnership };
        return $"""
            with {sql.At},
            chosen as (
                select * from ({sql.Chosen}) as p where true{sql.Lies("p", "opened_first", "opened_last")}
            ),
            counted as (
                {(readsCells
                    ? $"select c.state, c.sectors, c.complete, c.regions, c.partnerships from read_analysis.cell c where true{sql.Chooses("c")}"
                    : "select c.state, c.sectors, c.complete, c.regions, count(*) as partnerships from chosen c group by c.state, c.sectors, c.complete, c.regions")}
            ),
            told as (
                {(isOfAll && question.AsOf is null
                    ? $"select coalesce(sum(t.informants), 0)::bigint as informants from read_analysis.telling_count t where t.factor = '' and t.sector = {Telling.AnySector} and t.region = ''"
                    : $"""
                select count(distinct t.informant) as informants from read_analysis.teller t {(isOfAll ? "" : "join chosen c on c.stream_id = t.stream_id")}
                where {sql.Holds("t")}{sql.ToldFrom("t")}
                """)}
            )
            select at.position, (select informants from told), c.state, c.sectors, c.complete, c.regions, c.partnerships
            from at left join counted c on true
            """;
    }
}
