using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.Api.Analysis;

/// <content>Who told what, and how many they are.</content>
internal static partial class AnalysisWriter
{
    // As with cells, it is a row's absence that says zero: who had a row of none told for the first time, and who has none left no more.
    private static void AddTellings(NpgsqlBatch batch, IReadOnlyList<KeyValuePair<Telling, long>> tellings)
    {
        Add(batch, tellings.Count, """
            with d as (
                select * from unnest($1, $2, $3, $4, $5) as d (factor, sector, region, informant, change)
            ),
            told as (
                insert into telling as t (factor, sector, region, informant, partnerships) select factor, sector, region, informant, change from d
                on conflict (factor, sector, region, informant) do update set partnerships = t.partnerships + excluded.partnerships
                returning t.factor, t.sector, t.region, t.informant, t.partnerships
            )
            insert into telling_count as c (factor, sector, region, informants)
            select factor, sector, region, count(*) filter (where told.partnerships = d.change) - count(*) filter (where told.partnerships = 0)
            from told join d using (factor, sector, region, informant)
            where told.partnerships = d.change or told.partnerships = 0
            group by factor, sector, region
            on conflict (factor, sector, region) do update set informants = c.informants + excluded.informants
            """)
            .WithTellings(tellings)
            .With(NpgsqlDbType.Bigint, tellings, t => t.Value);

        var left = tellings.Where(t => t.Value < 0).ToList();
        Add(batch, left.Count, """
            delete from telling as t using unnest($1, $2, $3, $4) as d (factor, sector, region, informant)
            where (t.factor, t.sector, t.region, t.informant) = (d.factor, d.sector, d.region, d.informant) and t.partnerships = 0
            """)
            .WithTellings(left);
        Add(batch, left.Count, "delete from telling_count where informants = 0");
    }

    private static void AddRecovered(NpgsqlBatch batch, RecoveredTellers recovered)
    {
        Add(batch, recovered.Gone.Count, """
            delete from recovered_teller r using unnest($1, $2, $3) as d (factor, informant, stream_id)
            where (r.factor, r.informant, r.stream_id) = (d.factor, d.informant, d.stream_id)
            """)
            .WithTellers(recovered.Gone);
        Add(batch, recovered.Come.Count, """
            insert into recovered_teller (factor, informant, stream_id, state, sectors, complete, regions)
            select d.factor, d.informant, d.stream_id, d.state, d.sectors, d.complete, d.regions::text[]
            from unnest($1, $2, $3, $4, $5, $6, $7) as d (factor, informant, stream_id, state, sectors, complete, regions)
            """)
            .WithTellers(recovered.Come)
            .WithCells(recovered.Come, t => t.Cell);
    }

    private static NpgsqlParameterCollection WithTellings(this NpgsqlParameterCollection parameters, IReadOnlyList<KeyValuePair<Telling, long>> tellings) =>
        parameters
            .With(NpgsqlDbType.Text, tellings, t => t.Key.Factor)
            .With(NpgsqlDbType.Smallint, tellings, t => t.Key.Sector)
            .With(NpgsqlDbType.Text, tellings, t => t.Key.Region)
            .With(NpgsqlDbType.Uuid, tellings, t => t.Key.Informant);

    private static NpgsqlParameterCollection WithTellers(this NpgsqlParameterCollection parameters, IReadOnlyList<RecoveredTeller> tellers) => parameters
        .With(NpgsqlDbType.Text, tellers, t => t.Factor)
        .With(NpgsqlDbType.Uuid, tellers, t => t.Informant)
        .With(NpgsqlDbType.Uuid, tellers, t => t.Stream);
}
