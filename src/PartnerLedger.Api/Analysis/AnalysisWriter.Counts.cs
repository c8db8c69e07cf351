using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.Api.Analysis;

/// <content>Of how many partnerships two factors are noted, and one by the year in which they began. As with cells, it is a row's absence that says zero.</content>
internal static partial class AnalysisWriter
{
    private static void AddPairs(NpgsqlBatch batch, IReadOnlyList<KeyValuePair<FactorPair, long>> pairs)
    {
        Add(batch, pairs.Count, """
            insert into pair as p (first, second, partnerships) select * from unnest($1, $2, $3)
            on conflict (first, second) do update set partnerships = p.partnerships + excluded.partnerships
            """)
            .With(NpgsqlDbType.Text, pairs, pair => pair.Key.First)
            .With(NpgsqlDbType.Text, pairs, pair => pair.Key.Second)
            .With(NpgsqlDbType.Bigint, pairs, pair => pair.Value);
        Add(batch, pairs.Count(pair => pair.Value < 0), "delete from pair where partnerships = 0");
    }

    private static void AddYears(NpgsqlBatch batch, IReadOnlyList<KeyValuePair<FactorYear, long>> years)
    {
        Add(batch, years.Count, """
            insert into year_count as y (factor, year, partnerships) select * from unnest($1, $2, $3)
            on conflict (factor, year) do update set partnerships = y.partnerships + excluded.partnerships
            """)
            .With(NpgsqlDbType.Text, years, year => year.Key.Factor)
            .With(NpgsqlDbType.Integer, years, year => year.Key.Year)
            .With(NpgsqlDbType.Bigint, years, year => year.Value);
        Add(batch, years.Count(year => year.Value < 0), "delete from year_count where partnerships = 0");
    }
}
