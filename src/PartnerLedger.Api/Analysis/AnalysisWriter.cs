using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Domain;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Writes what a batch changes, each kind of change by one statement over arrays.</summary>
internal static partial class AnalysisWriter
{
    public static async Task Write(AnalysisRows rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (cells, factors, recovered) = rows.Deltas();
        await using var batch = new NpgsqlBatch(connection);

        var closed = rows.Partnerships.Closed;
        Add(batch, closed.Count, """
            update partnership as p set to_position = c.at from unnest($1, $2) as c (stream_id, at)
            where p.stream_id = c.stream_id and p.to_position is null
            """)
            .With(NpgsqlDbType.Uuid, closed, c => c.Key)
            .With(NpgsqlDbType.Bigint, closed, c => c.At);

        var opened = rows.Partnerships.Opened;
        Add(batch, opened.Count, """
            insert into partnership (stream_id, from_position, to_position, state, sectors, complete, regions, opened_first, opened_last, since, proposed, ended, ending, recovered)
            select r.stream_id, r.from_position, r.to_position, r.state, r.sectors, r.complete, r.regions::text[], r.opened_first, r.opened_last,
                r.since, r.proposed, r.ended, r.ending, r.recovered
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                as r (stream_id, from_position, to_position, state, sectors, complete, regions, opened_first, opened_last, since, proposed, ended, ending, recovered)
            """)
            .With(NpgsqlDbType.Uuid, opened, r => r.Key)
            .With(NpgsqlDbType.Bigint, opened, r => r.From)
            .With(NpgsqlDbType.Bigint, opened, r => r.To)
            .WithCells(opened, r => r.Value.Cell)
            .With(NpgsqlDbType.Date, opened, r => r.Value.OpenedFirst)
            .With(NpgsqlDbType.Date, opened, r => r.Value.OpenedLast)
            .With(NpgsqlDbType.Date, opened, r => r.Value.Life.Since)
            .With(NpgsqlDbType.Date, opened, r => r.Value.Life.Proposed)
            .With(NpgsqlDbType.Date, opened, r => r.Value.Life.Ended)
            .With(NpgsqlDbType.Text, opened, r => r.Value.Life.Ending?.ToWord())
            .With(NpgsqlDbType.Date, opened, r => r.Value.Life.Recovered);

        var closedNotes = rows.Notes.Closed;
        Add(batch, closedNotes.Count, """
            update note as n set to_position = c.at from unnest($1, $2, $3) as c (stream_id, version, at)
            where n.stream_id = c.stream_id and n.version = c.version and n.to_position is null
            """)
            .With(NpgsqlDbType.Uuid, closedNotes, c => c.Key.Stream)
            .With(NpgsqlDbType.Bigint, closedNotes, c => c.Key.Version)
            .With(NpgsqlDbType.Bigint, closedNotes, c => c.At);

        var notes = rows.Notes.Opened;
        Add(batch, notes.Count, """
            insert into note (stream_id, version, from_position, to_position, factor, informant, region, occurred_first, occurred_last)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """)
            .With(NpgsqlDbType.Uuid, notes, r => r.Key.Stream)
            .With(NpgsqlDbType.Bigint, notes, r => r.Key.Version)
            .With(NpgsqlDbType.Bigint, notes, r => r.From)
            .With(NpgsqlDbType.Bigint, notes, r => r.To)
            .With(NpgsqlDbType.Text, notes, r => r.Value.Factor)
            .With(NpgsqlDbType.Uuid, notes, r => r.Value.Informant)
            .With(NpgsqlDbType.Text, notes, r => r.Value.Region)
            .With(NpgsqlDbType.Date, notes, r => r.Value.First)
            .With(NpgsqlDbType.Date, notes, r => r.Value.Last);

        AddSteps(batch, rows.Steps.Closed, rows.Steps.Opened);

        var silent = rows.Tellers.Closed;
        Add(batch, silent.Count, """
            update teller as t set to_position = c.at from unnest($1, $2, $3, $4) as c (stream_id, informant, region, at)
            where t.stream_id = c.stream_id and t.informant = c.informant and t.region = c.region and t.to_position is null
            """)
            .With(NpgsqlDbType.Uuid, silent, c => c.Key.Stream)
            .With(NpgsqlDbType.Uuid, silent, c => c.Key.Informant)
            .With(NpgsqlDbType.Text, silent, c => c.Key.Region)
            .With(NpgsqlDbType.Bigint, silent, c => c.At);

        var tellers = rows.Tellers.Opened;
        Add(batch, tellers.Count, """
            insert into teller (stream_id, informant, region, from_position, to_position) select * from unnest($1, $2, $3, $4, $5)
            """)
            .With(NpgsqlDbType.Uuid, tellers, r => r.Key.Stream)
            .With(NpgsqlDbType.Uuid, tellers, r => r.Key.Informant)
            .With(NpgsqlDbType.Text, tellers, r => r.Key.Region)
            .With(NpgsqlDbType.Bigint, tellers, r => r.From)
            .With(NpgsqlDbType.Bigint, tellers, r => r.To);

        var unheard = rows.ToldFrom.Closed;
        Add(batch, unheard.Count, """
            update told_from as t set to_position = c.at from unnest($1, $2, $3) as c (stream_id, region, at)
            where t.stream_id = c.stream_id and t.region = c.region and t.to_position is null
            """)
            .With(NpgsqlDbType.Uuid, unheard, c => c.Key.Stream)
            .With(NpgsqlDbType.Text, unheard, c => c.Key.Region)
            .With(NpgsqlDbType.Bigint, unheard, c => c.At);

        var heard = rows.ToldFrom.Opened;
        Add(batch, heard.Count, """
            insert into told_from (stream_id, region, from_position, to_position) select * from unnest($1, $2, $3, $4)
            """)
            .With(NpgsqlDbType.Uuid, heard, r => r.Key.Stream)
            .With(NpgsqlDbType.Text, heard, r => r.Key.Region)
            .With(NpgsqlDbType.Bigint, heard, r => r.From)
            .With(NpgsqlDbType.Bigint, heard, r => r.To);

        AddCells(batch, [.. cells]);
        AddFactorCells(batch, [.. factors]);
        AddRecovered(batch, recovered);
        AddPairs(batch, [.. rows.Pairs()]);
        AddYears(batch, [.. rows.Years()]);
        AddTellings(batch, [.. rows.Tellings()]);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static void AddSteps(NpgsqlBatch batch, IReadOnlyList<(StepKey Key, long At)> closed, IReadOnlyList<Ranges<StepKey, KnownStep>.Row> opened)
    {
        Add(batch, closed.Count, """
            update step as s set to_position = c.at from unnest($1, $2, $3) as c (stream_id, version, at)
            where s.stream_id = c.stream_id and s.version = c.version and s.to_position is null
            """)
            .With(NpgsqlDbType.Uuid, closed, c => c.Key.Stream)
            .With(NpgsqlDbType.Bigint, closed, c => c.Key.Version)
            .With(NpgsqlDbType.Bigint, closed, c => c.At);
        Add(batch, opened.Count, """
            insert into step (
                stream_id, version, from_position, to_position, recorded, state, occurred, left_state, left_since, first_entry, first_move)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """)
            .With(NpgsqlDbType.Uuid, opened, r => r.Key.Stream)
            .With(NpgsqlDbType.Bigint, opened, r => r.Key.Version)
            .With(NpgsqlDbType.Bigint, opened, r => r.From)
            .With(NpgsqlDbType.Bigint, opened, r => r.To)
            .With(NpgsqlDbType.Date, opened, r => r.Value.Recorded)
            .With(NpgsqlDbType.Text, opened, r => r.Value.Facts.State.ToWord())
            .With(NpgsqlDbType.Date, opened, r => r.Value.Facts.Occurred)
            .With(NpgsqlDbType.Text, opened, r => r.Value.Facts.Left?.ToWord())
            .With(NpgsqlDbType.Date, opened, r => r.Value.Facts.LeftSince)
            .With(NpgsqlDbType.Boolean, opened, r => r.Value.Facts.IsFirstEntry)
            .With(NpgsqlDbType.Boolean, opened, r => r.Value.Facts.IsFirstMove);
    }

    // A count is never below zero between batches, so it is the row's absence that says zero.
    private static void AddCells(NpgsqlBatch batch, IReadOnlyList<KeyValuePair<Cell, long>> cells)
    {
        Add(batch, cells.Count, """
            insert into cell (state, sectors, complete, regions, partnerships)
            select d.state, d.sectors, d.complete, d.regions::text[], d.change from unnest($1, $2, $3, $4, $5) as d (state, sectors, complete, regions, change)
            on conflict (state, sectors, complete, regions) do update set partnerships = cell.partnerships + excluded.partnerships
            """)
            .WithCells(cells, c => c.Key)
            .With(NpgsqlDbType.Bigint, cells, c => c.Value);

        var left = cells.Where(c => c.Value < 0).ToList();
        Add(batch, left.Count, """
            delete from cell as c using unnest($1, $2, $3, $4) as d (state, sectors, complete, regions)
            where (c.state, c.sectors, c.complete, c.regions) = (d.state, d.sectors, d.complete, d.regions::text[]) and c.partnerships = 0
            """)
            .WithCells(left, c => c.Key);
    }

    private static void AddFactorCells(NpgsqlBatch batch, IReadOnlyList<KeyValuePair<(string Factor, Cell Cell), FactorCount>> factors)
    {
        Add(batch, factors.Count, """
            insert into factor_cell (factor, state, sectors, complete, regions, partnerships, recovered)
            select d.factor, d.state, d.sectors, d.complete, d.regions::text[], d.partnerships, d.recovered
            from unnest($1, $2, $3, $4, $5, $6, $7) as d (factor, state, sectors, complete, regions, partnerships, recovered)
            on conflict (factor, state, sectors, complete, regions) do update
                set partnerships = factor_cell.partnerships + excluded.partnerships, recovered = factor_cell.recovered + excluded.recovered
            """)
            .With(NpgsqlDbType.Text, factors, f => f.Key.Factor)
            .WithCells(factors, f => f.Key.Cell)
            .With(NpgsqlDbType.Bigint, factors, f => f.Value.Partnerships)
            .With(NpgsqlDbType.Bigint, factors, f => f.Value.Recovered);

        var left = factors.Where(f => f.Value.Partnerships < 0).ToList();
        Add(batch, left.Count, """
            delete from factor_cell as c using unnest($1, $2, $3, $4, $5) as d (factor, state, sectors, complete, regions)
            where (c.factor, c.state, c.sectors, c.complete, c.regions) = (d.factor, d.state, d.sectors, d.complete, d.regions::text[])
                and c.partnerships = 0
            """)
            .With(NpgsqlDbType.Text, left, f => f.Key.Factor)
            .WithCells(left, f => f.Key.Cell);
    }

    private static NpgsqlParameterCollection Add(NpgsqlBatch batch, int rows, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        if (rows > 0)
        {
            batch.BatchCommands.Add(command);
        }

        return command.Parameters;
    }

    private static NpgsqlParameterCollection With<TRow, TValue>(
        this NpgsqlParameterCollection parameters, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        parameters.AddArray(type, values);
        return parameters;
    }

    private static NpgsqlParameterCollection WithCells<TRow>(this NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows, Func<TRow, Cell> cell) =>
        parameters
            .With(NpgsqlDbType.Text, rows, r => cell(r).State)
            .With(NpgsqlDbType.Smallint, rows, r => cell(r).Sectors)
            .With(NpgsqlDbType.Boolean, rows, r => cell(r).Complete)
            .With(NpgsqlDbType.Text, rows, r => cell(r).Regions);
}
