using NpgsqlTypes;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;

namespace PartnerLedger.Api.Analysis;

/// <summary>
/// The statement that counts in how many partnerships factors were noted: every factor that was noted anywhere, in every cell
/// that has a partnership. Partnerships are counted from the present's cells where these can tell, else from the ranges.
/// </summary>
internal static class FactorsSql
{
    // So many notes of a factor are looked at one by one, at most, for as many people as are enough.
    private const int MostNotesLookedAt = 1_000;

    public static bool ReadsCatalogue(AnalysisQuestion question) => question.ChoosesFactors || question.By.Contains(By.Topic);

    public static string Of(AnalysisQuestion question, QuestionSql sql, Catalogue catalogue)
    {
        var columns = new Columns(question, sql);
        var wanted = catalogue.Factors.Values.Where(question.Wants).ToList();
        var codes = ReadsCatalogue(question) ? sql.Words(wanted.Select(factor => factor.Code)) : "";
        var meaning = question.By.Contains(By.Topic)
            ? $"""
                meant (factor, topic, polarity) as (
                    select * from unnest({codes}, {sql.Words(wanted.Select(factor => factor.Topic))}, {sql.Words(wanted.Select(factor => factor.Polarity.ToWord()))})
                ),
              """
            : "";
        return $"""
            with {sql.At}, {meaning}
            {(ReadsCells(question) ? FromCells(question, sql, columns, codes) : FromRanges(question, sql, columns, codes))}
            select at.position, coalesce(at.catalogue, 0), {columns.Output("k", "p")}, coalesce(n.noted, 0), p.total, coalesce(i.informants, 0)
            from at left join (
                known k cross join population p
                left join noted n on {columns.Match("n", "k", "p")}
                left join informants i on {columns.Match("i", "k", "p")}
            ) on true
            """;
    }

    private static bool ReadsCells(AnalysisQuestion question) => question.IsOfPresentAndAllTime
        && !question.By.Contains(By.Topic)
        && (question.RegionOf == RegionOf.Partnership || (question.Regions.Count == 0 && !question.By.Contains(By.Region) && !question.By.Contains(By.Regions)));

    private static string FromCells(AnalysisQuestion question, QuestionSql sql, Columns columns, string codes) => $"""
        population as (
            select {columns.Cell("sum(c.partnerships)::bigint as total")} from read_analysis.cell c {columns.Split}
            where true{sql.Chooses("c")} {columns.Group("")} having count(*) > 0
        ),
        known as (select distinct n.factor from read_analysis.factor_cell n where true{Only(question, "n", codes)}),
        noted as (
            select c.factor, {columns.Cell("sum(c.partnerships)::bigint as noted")} from read_analysis.factor_cell c {columns.Split}
            where true{sql.Chooses("c")}{Only(question, "c", codes)} {columns.Group("c.factor")}
        ),
        informants as (
            {(AreCounted(question) ? $"""
            select {columns.Row}, t.informants from read_analysis.telling_count t
            where t.factor <> '' and t.sector {(question.By.Contains(By.Sector) ? "<>" : "=")} {Telling.AnySector} and t.region {(question.By.Contains(By.Region) ? "<>" : "=")} ''{Only(question, "t", codes)}
            """ : question is { CountsInformants: true, EnoughInformants: { } enough } && question.By.SetEquals([By.State]) ? $"""
            with {Asked("noted", "state", columns.State, enough, Only(question, "n", codes) + sql.Chooses("c"))}
            select k.factor, k.state, {EnoughAsked("state", columns.State, enough, question, sql)} as informants from asked k
            """ : question.CountsInformants ? $"""
            select {columns.Row}, count(*) as informants from (
                select distinct n.factor, {columns.Cell("n.informant")} from read_analysis.note n
                {(question.ChoosesPartnerships || columns.Any ? "join read_analysis.partnership c on c.stream_id = n.stream_id and c.to_position is null" : "")} {columns.Split}
                where n.to_position is null and n.informant is not null{Only(question, "n", codes)}{(question.ChoosesPartnerships ? sql.Chooses("c") : "")}
            ) as each group by {columns.Row}
            """ : columns.NoInformants)}
        )
        """;

    // Of the whole present, by sector or by region alone.
    private static bool AreCounted(AnalysisQuestion question) => question is { CountsInformants: true, ChoosesPartnerships: false }
        && (question.By.Count == 0 || question.By.SetEquals([By.Sector]) || question.By.SetEquals([By.Region]));

    /// <summary>
    /// What is asked by <see cref="EnoughAsked"/>: factors in cells of the present. One that was mostly noted elsewhere has its people far from its
    /// first notes; then all that are meant are counted at once.
    /// </summary>
    /// <param name="counted">Where they are counted: factor, cell, noted.</param>
    /// <param name="cell">What a cell is called there.</param>
    /// <param name="cellOf">The cell of a partnership c.</param>
    /// <param name="enough">How many people are enough.</param>
    /// <param name="chosen">Which notes n and partnerships c are meant.</param>
    public static string Asked(string counted, string cell, string cellOf, long enough, string chosen) => $"""
        anywhere as (select n.factor, sum(n.partnerships) as noted from read_analysis.factor_cell n group by n.factor),
        asked as materialized (
            select c.factor, c.{cell}, c.noted, c.noted * {MostNotesLookedAt / enough} < a.noted as is_rare from {counted} c join anywhere a on a.factor = c.factor
        ),
        told as materialized (
            select each.factor, each.{cell}, count(distinct each.informant) as informants from (
                select n.factor, n.informant, {cellOf} as {cell}
                from read_analysis.note n join read_analysis.partnership c on c.stream_id = n.stream_id and c.to_position is null
                where n.to_position is null and n.informant is not null{chosen}
            ) as each
            where each.{cell} in (select {cell} from asked where is_rare and noted > 0) group by each.factor, each.{cell}
        )
        """;

    /// <summary>
    /// How many people noted what is asked as k, counted only until there are enough: most factors have those among their first notes. How many are
    /// enough is said in the statement itself, and each note's partnership is looked up by itself: a join is planned for the few partnerships that
    /// might be meant, and then looks at all of them for each factor.
    /// </summary>
    public static string EnoughAsked(string cell, string cellOf, long enough, AnalysisQuestion question, QuestionSql sql) => $"""
        case
            when k.noted = 0 then 0
            when k.is_rare then coalesce((select t.informants from told t where t.factor = k.factor and t.{cell} = k.{cell}), 0)
            else (
                select count(*) from (
                    select distinct n.informant from read_analysis.note n cross join lateral (
                        select from read_analysis.partnership c where c.stream_id = n.stream_id and c.to_position is null and {cellOf} = k.{cell}{sql.Chooses("c")} limit 1
                    ) as counted
                    where n.to_position is null and n.informant is not null and n.factor = k.factor
                    limit {enough}
                ) as few
            )
        end
        """;

    private static string FromRanges(AnalysisQuestion question, QuestionSql sql, Columns columns, string codes) => $"""
        chosen as materialized ({sql.Chosen}),
        population as (select {columns.Cell("count(*) as total")} from chosen c {columns.Split} {columns.Group("")} having count(*) > 0),
        standing as materialized (
            select n.stream_id, n.factor, n.informant, n.region, n.occurred_first, n.occurred_last from read_analysis.note n
            where {sql.Holds("n")}{Only(question, "n", codes)}
        ),
        known as (select distinct {columns.Identity} from standing n {columns.Meaning}),
        told as materialized (
            select {columns.Identity}, {columns.Cell("n.stream_id, n.informant")} from standing n {columns.Meaning}
            join chosen c on c.stream_id = n.stream_id {columns.Split}
            where true{sql.Lies("n", "occurred_first", "occurred_last")}{(columns.ByInformantRegion ? " and n.region = r.region" : sql.ToldFrom("n"))}
        ),
        noted as (select {columns.Row}, count(*) as noted from (select distinct {columns.Row}, stream_id from told) as each group by {columns.Row}),
        informants as (
            {(question.CountsInformants ? $"""
            select {columns.Row}, count(*) as informants
            from (select distinct {columns.Row}, informant from told where informant is not null) as each group by {columns.Row}
            """ : columns.NoInformants)}
        )
        """;

    private static string Only(AnalysisQuestion question, string row, string codes) => question.ChoosesFactors ? $" and {row}.factor = any ({codes})" : "";

    /// <summary>The columns that a row is told by: those of what was noted, and those of the cell.</summary>
    private sealed class Columns(AnalysisQuestion question, QuestionSql sql)
    {
        private readonly List<(By By, string Name, string Expression)> cell =
            [.. All(StateOf(question, sql)).Where(column => question.By.Contains(column.By))];

        private static (By By, string Name, string Expression)[] All(string state) =>
        [
            (By.Sector, "sector", "s.sector"), (By.Sectors, "sectors", "c.sectors"), (By.Region, "region", "r.region"),
            (By.Regions, "regions", "array_to_string(c.regions, '+')"), (By.State, "state", state),
        ];

        public bool Any => cell.Count > 0;

        public string State => cell.Single(column => column.By == By.State).Expression;

        public bool ByInformantRegion => question.RegionOf == RegionOf.Informant && question.By.Contains(By.Region);

        /// <summary>What was noted, of a note and what it means.</summary>
        public string Identity => ByTopic ? "m.topic, m.polarity" : "n.factor";

        public string Meaning => ByTopic ? "join meant m on m.factor = n.factor" : "";

        /// <summary>What was noted, and in which cell.</summary>
        public string Row => string.Join(", ", [.. Identities, .. cell.Select(column => column.Name)]);

        public string NoInformants => $"select {Row}, 0::bigint as informants from noted where false";

        /// <summary>Repeats a partnership for each sector, or region, that it is counted in.</summary>
        public string Split => (question.By.Contains(By.Sector)
                ? "join (values (0::smallint, 1::smallint), (1::smallint, 2::smallint), (2::smallint, 4::smallint)) as s (sector, bit) on c.sectors & s.bit <> 0 "
                : "")
            + (question.By.Contains(By.Region) ? "cross join lateral unnest(c.regions) as r (region)" : "");

        private static string StateOf(AnalysisQuestion question, QuestionSql sql) => question.StatesAsOne.Count == 0
            ? "c.state"
            : $"case {string.Concat(question.StatesAsOne.Select(alike => $"when c.state = any ({sql.Words(alike.Select(state => state.ToWord()))}) then '{alike[0].ToWord()}' "))}end";

        private bool ByTopic => question.By.Contains(By.Topic);

        private IEnumerable<string> Identities => ByTopic ? ["topic", "polarity"] : ["factor"];

        public string Cell(string rest) => string.Join(", ", [.. cell.Select(column => $"{column.Expression} as {column.Name}"), rest]);

        public string Group(string first) =>
            first.Length == 0 && !Any ? "" : "group by " + string.Join(", ", cell.Select(column => column.Expression).Prepend(first).Where(column => column.Length > 0));

        public string Match(string counted, string known, string population) => string.Join(" and ",
            [.. Identities.Select(name => $"{counted}.{name} = {known}.{name}"), .. cell.Select(column => $"{counted}.{column.Name} = {population}.{column.Name}")]);

        public string Output(string known, string population) => string.Join(", ",
            [
                ByTopic ? $"null, {known}.topic, {known}.polarity" : $"{known}.factor, null, null",
                .. All("").Select(column => question.By.Contains(column.By) ? $"{population}.{column.Name}" : "null"),
            ]);
    }
}
