using Npgsql;

namespace PartnerLedger.Api.Analysis;

/// <summary>Counts partnerships by all that was noted of them: whoever sees no small counts is answered with a view to that.</summary>
internal sealed class ProfilesQuery(NpgsqlDataSource database)
{
    // The rarest are left out: what is then not known to be safe is hidden.
    private const int Most = 20_000;

    public async Task<Disclosure.Counted<IReadOnlyList<CountedProfile>>> Ask(AnalysisQuestion question, CancellationToken cancellationToken)
    {
        var sql = new QuestionSql(question);
        await using var batch = sql.Make(database, $"""
            with {sql.At},
            chosen as materialized ({sql.Chosen}),
            noted as (
                select distinct n.stream_id, n.factor from read_analysis.note n
                where {sql.Holds("n")}{sql.Lies("n", "occurred_first", "occurred_last")}{sql.ToldFrom("n")}
            ),
            profile as (
                select coalesce(array_agg(n.factor order by n.factor) filter (where n.factor is not null), '{Codes.None}') as factors
                from chosen c left join noted n on n.stream_id = c.stream_id group by c.stream_id
            )
            select at.position, f.factors, f.partnerships
            from at left join (
                select factors, count(*) as partnerships from profile group by factors order by partnerships desc, factors limit {Most}
            ) f on true
            """);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var (position, profiles) = (0L, new List<CountedProfile>());
        while (await reader.ReadAsync(cancellationToken))
        {
            position = reader.GetInt64(0);
            if (!await reader.IsDBNullAsync(1, cancellationToken))
            {
                profiles.Add(new(await reader.GetFieldValueAsync<string[]>(1, cancellationToken), reader.GetInt64(2)));
            }
        }

        return new(profiles, position);
    }
}

/// <summary>Partnerships of which the same factors were noted, and no others.</summary>
internal sealed record CountedProfile(IReadOnlyList<string> Factors, long Partnerships);
