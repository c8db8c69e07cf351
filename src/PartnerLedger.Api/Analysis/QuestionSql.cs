using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Api.Factors;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Analysis;

/// <summary>The parts of a statement that answer the same question of any table, and their parameters.</summary>
internal sealed class QuestionSql(AnalysisQuestion question)
{
    private readonly Dictionary<object, string> bound = [];

    private readonly List<NpgsqlParameter> parameters = [];

    /// <summary>Makes a statement ready to run. Its result is the second: the first gives the statement room to count what is distinct without going to disk.</summary>
    public NpgsqlBatch Make(NpgsqlDataSource database, string statement)
    {
        var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('work_mem', '64MB', true)"));
        var command = new NpgsqlBatchCommand(statement);
        command.Parameters.AddRange(parameters.ToArray());
        batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>The position that the read model has reached, and the catalogue's version at the position that is asked of, in the statement's own snapshot.</summary>
    public string At => $"""
        at as materialized (
            select last_seq_id as position, (
                select max(version) from mt_events
                where stream_id = {Bind(NpgsqlDbType.Uuid, CatalogueStream.Id)} and seq_id <= {(question.AsOf is { } position ? Bind(NpgsqlDbType.Bigint, position) : "last_seq_id")}
            ) as catalogue
            from mt_event_progression where name = 'ledger/{AnalysisProjection.ProjectionName}'
        )
        """;

    /// <summary>The partnerships that are meant, each with the regions that are meant.</summary>
    public string Chosen => question.RegionOf == RegionOf.Partnership
        ? $"""
            select p.stream_id, p.state, p.sectors, p.complete, p.regions, p.opened_first, p.opened_last, p.since, p.proposed, p.ended, p.ending, p.recovered
            from read_analysis.partnership p where {Holds("p")}{Chooses("p")}
            """
        : $"""
            select p.stream_id, p.state, p.sectors, p.complete, coalesce(t.regions, '{Codes.None}') as regions, p.opened_first, p.opened_last, p.since, p.proposed, p.ended, p.ending, p.recovered
            from read_analysis.partnership p
            left join (
                select t.stream_id, array_agg(t.region order by t.region) as regions from read_analysis.told_from t where {Holds("t")} group by t.stream_id
            ) t on t.stream_id = p.stream_id
            where {Holds("p")}{Chooses("p", "t")}
            """;

    /// <summary>Whether a range holds at the position that is asked of. Written so that each half has an index of its own.</summary>
    public string Holds(string range)
    {
        if (question.AsOf is null)
        {
            return $"{range}.to_position is null";
        }

        var position = Bind(NpgsqlDbType.Bigint, question.AsOf.Value);
        return $"""
            (({range}.to_position is null and {range}.from_position <= {position})
                or ({range}.to_position is not null and int8range({range}.from_position, {range}.to_position) @> {position}))
            """;
    }

    /// <summary>Whether a partnership is one of those that the question is about.</summary>
    public string Chooses(string row, string? withRegions = null) => string.Concat(
        question.States.Count == 0 ? "" : $" and {row}.state = any ({Words(question.States.Select(state => state.ToWord()))})",
        question.Sectors.Count == 0 ? "" : $" and {row}.sectors & {Bind(NpgsqlDbType.Smallint, SectorBits.Of(question.Sectors))} <> 0",
        question.Combination is { } sectors ? $" and {row}.sectors = {Bind(NpgsqlDbType.Smallint, sectors)}" : "",
        question.Regions.Count == 0 ? "" : $" and {withRegions ?? row}.regions && {Words(question.Regions)}");

    /// <summary>Whether the days on which a thing may have happened all lie inside.</summary>
    public string Lies(string row, string first, string last) => string.Concat(
        question.From is { } from ? $" and {row}.{first} >= {Bind(NpgsqlDbType.Date, from)}" : "",
        question.To is { } to ? $" and {row}.{last} <= {Bind(NpgsqlDbType.Date, to)}" : "");

    /// <summary>Whether somebody told from a region that the question names.</summary>
    public string ToldFrom(string row) => question is { RegionOf: RegionOf.Informant, Regions.Count: > 0 } ? $" and {row}.region = any ({Words(question.Regions)})" : "";

    public string Words(IEnumerable<string> words) => Bind(NpgsqlDbType.Array | NpgsqlDbType.Text, words.ToArray());

    public string Bind(NpgsqlDbType type, object value)
    {
        if (!bound.TryGetValue(value, out var name))
        {
            parameters.Add(new() { NpgsqlDbType = type, Value = value });
            bound.Add(value, name = $"${parameters.Count}");
        }

        return name;
    }
}
