using Npgsql;
using NpgsqlTypes;
using PartnerLedger.EventSourcing.Projections;

namespace PartnerLedger.EventSourcing.Tests.Fixtures;

/// <summary>What a batch changes: each stream's latest count and sum.</summary>
internal sealed class CountRows : Dictionary<Guid, (long Events, long Sum, long Position)>
{
    public List<(Guid Stream, long Position)> Positions { get; } = [];
}

/// <summary>A read model that counts and sums each tally, and keeps a second table that must always agree with the first.</summary>
internal sealed class Counts(string name, int version = 1, Func<RecordedEvent, bool>? throws = null, Action<RecordedEvent>? folds = null) : StreamProjection<Counts.State, CountRows>
{
    public sealed record State(long Events, long Sum);

    public override string Name => name;
    public override int Version => version;
    public override string StreamType => "tally";

    // The check refuses a row in the database: a sum that is negative.
    public override string Tables => """
        create table count (stream_id uuid primary key, events bigint not null, sum bigint not null check (sum >= 0), position bigint not null, version int not null);
        create table event (stream_id uuid not null, position bigint primary key);
        """;

    /// <summary>How many events the two tables hold, which must agree, and by which version they were made.</summary>
    public string TotalsSql => $"select (select sum(events)::bigint from {Schema}.count), (select count(*) from {Schema}.event), (select max(version) from {Schema}.count)";

    protected override State Fold(State? before, RecordedEvent recorded)
    {
        folds?.Invoke(recorded);
        var (events, sum) = before ?? new(0, 0);
        return new(events + 1, sum + (long)Tally.Fold(0L, recorded));
    }

    protected override void Project(State? before, State after, RecordedEvent recorded, CountRows rows)
    {
        rows[recorded.StreamId] = (after.Events, after.Sum, recorded.Position);
        if (throws?.Invoke(recorded) is true)
        {
            throw new InvalidOperationException("poison");
        }

        rows.Positions.Add((recorded.StreamId, recorded.Position));
    }

    protected override async Task Write(CountRows rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var counts = new NpgsqlCommand(
            $"""
            insert into count (stream_id, events, sum, position, version) select *, {version} from unnest($1, $2, $3, $4)
            on conflict (stream_id) do update set events = excluded.events, sum = excluded.sum, position = excluded.position
            """,
            connection);
        counts.Parameters.AddArray(NpgsqlDbType.Uuid, rows.Keys.ToArray());
        counts.Parameters.AddArray(NpgsqlDbType.Bigint, rows.Values.Select(r => r.Events).ToArray());
        counts.Parameters.AddArray(NpgsqlDbType.Bigint, rows.Values.Select(r => r.Sum).ToArray());
        counts.Parameters.AddArray(NpgsqlDbType.Bigint, rows.Values.Select(r => r.Position).ToArray());
        await counts.ExecuteNonQueryAsync(cancellationToken);
        await using var events = new NpgsqlCommand("insert into event select * from unnest($1, $2)", connection);
        events.Parameters.AddArray(NpgsqlDbType.Uuid, rows.Positions.Select(p => p.Stream).ToArray());
        events.Parameters.AddArray(NpgsqlDbType.Bigint, rows.Positions.Select(p => p.Position).ToArray());
        await events.ExecuteNonQueryAsync(cancellationToken);
    }
}
