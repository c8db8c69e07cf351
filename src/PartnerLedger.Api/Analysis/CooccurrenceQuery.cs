using Npgsql;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts in how many partnerships two factors were both noted, for every two that ever met in one.</summary>
internal sealed class CooccurrenceQuery(NpgsqlDataSource database, Catalogues catalogues)
{
    // Of the whole present.
    private static readonly string FromCounts = $"""
        population as (select coalesce(sum(partnerships), 0)::bigint as total from read_analysis.cell),
        each as (
            select c.factor, sum(c.partnerships)::bigint as noted, coalesce(max(t.informants), 0) as informants
            from read_analysis.factor_cell c
            left join read_analysis.telling_count t on t.factor = c.factor and t.sector = {Telling.AnySector} and t.region = ''
            group by c.factor
        ),
        met as (select first, second, partnerships as both from read_analysis.pair)
        """;

    public async Task<Disclosure.Counted<IReadOnlyList<CountedPair>>> Ask(AnalysisQuestion question, CancellationToken cancellationToken)
    {
        var sql = new QuestionSql(question);
        await using var batch = sql.Make(database, $"""
            with {sql.At}, {(question is { IsOfPresentAndAllTime: true, ChoosesPartnerships: false } ? FromCounts : FromNotes(question, sql))}
            select at.position, coalesce(at.catalogue, 0), met.first, met.second, met.both, f.noted, s.noted, (select total from population), f.informants, s.informants
            from at left join (met join each f on f.factor = met.first join each s on s.factor = met.second) on true
            order by met.first, met.second
            """);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var pairs = new List<CountedPair>();
        var (position, version) = (0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (position, version) = (reader.GetInt64(0), reader.GetInt64(1));
            if (!await reader.IsDBNullAsync(2, cancellationToken))
            {
                pairs.Add(new(
                    reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7))
                {
                    FirstInformants = reader.GetInt64(8),
                    SecondInformants = reader.GetInt64(9),
                });
            }
        }

        // A pair is told where one of its factors was asked for, as the catalogue describes it at the very same position.
        var catalogue = await catalogues.At(version, cancellationToken);
        return new(pairs.ConvertAll(pair => pair with { IsAsked = IsWanted(pair.First) || IsWanted(pair.Second) }), position);

        bool IsWanted(string code) => !question.ChoosesFactors || (catalogue.Factors.TryGetValue(code, out var factor) && question.Wants(factor));
    }

    private static string FromNotes(AnalysisQuestion question, QuestionSql sql) => $"""
        chosen as materialized ({sql.Chosen}),
        population as (select count(*) as total from chosen),
        told as materialized (
            select distinct n.stream_id, n.factor, n.informant from read_analysis.note n join chosen c on c.stream_id = n.stream_id
            where {sql.Holds("n")}{sql.Lies("n", "occurred_first", "occurred_last")}{sql.ToldFrom("n")}
        ),
        each as (select factor, count(distinct stream_id) as noted, count(distinct informant) as informants from told group by factor),
        noted as materialized (select distinct stream_id, factor from told),
        met as (
            select one.factor as first, other.factor as second, count(*) as both
            from noted one join noted other on other.stream_id = one.stream_id and other.factor > one.factor
            group by one.factor, other.factor
        )
        """;
}

/// <summary>In how many partnerships two factors were noted: both, each, and of how many.</summary>
internal sealed record CountedPair(string First, string Second, long Both, long FirstNoted, long SecondNoted, long Of)
{
    /// <summary>Those who noted the first, each counted once.</summary>
    public required long FirstInformants { get; init; }

    public required long SecondInformants { get; init; }

    /// <summary>Whether the question is about it; what may be told of it depends on the others, too.</summary>
    public bool IsAsked { get; init; } = true;

    public long OnlyFirst => FirstNoted - Both;

    public long OnlySecond => SecondNoted - Both;

    public long Neither => Of - FirstNoted - SecondNoted + Both;
}
