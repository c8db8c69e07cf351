using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.EventSourcing.Projections;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Projections;

/// <summary>A course through the ledger goes on from what it remembers of a stream.</summary>
public sealed class RememberedTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task Of_what_the_course_of_another_node_has_applied_only_that_is_read_again()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var counts = new Counts("turns");
        var folded = new List<long>();
        var watched = new Counts("turns", folds: recorded => folded.AddRange(recorded.StreamId == stream ? [recorded.Version] : []));
        await using var connection = await node.Database.OpenConnectionAsync();
        await ProjectionTables.Ensure(connection, counts, default);
        var (one, other) = (Course(counts), Course(watched));

        await node.Append(Tally.Add(stream, times: 2));
        await ApplyNext(other, connection);
        await node.Append(Tally.Add(stream, times: 2));
        await ApplyNext(one, connection);
        await node.Append(Tally.Add(stream, n: 5));
        await ApplyNext(other, connection);

        Assert.Equal([1, 2, 3, 4, 5], folded);
        await ledger.AssertEquals(counts);
    }

    [Fact]
    public async Task What_the_node_appended_is_taken_from_it_where_the_database_has_the_same()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var states = new List<object?>();
        var counts = new Counts("handed", folds: recorded => states.AddRange(recorded.StreamId == stream ? [recorded.StateAfter] : []));
        await using var connection = await node.Database.OpenConnectionAsync();
        await ProjectionTables.Ensure(connection, counts, default);
        var course = Course(counts, node.Queue.Recent);
        await node.Append(Tally.Add(stream));
        await ApplyNext(course, connection);

        await node.Append(Tally.Add(stream));
        await ApplyNext(course, connection);
        var last = await node.Append(Tally.Add(stream));
        await ledger.Execute($"set local session_replication_role = replica; update mt_events set id = gen_random_uuid() where seq_id = {last.Position}");
        await ApplyNext(course, connection);

        Assert.Equal([null, 2L, null], states);
        await ledger.AssertEquals(counts);
    }

    private static ProjectionBatches Course(Counts counts, RecentEvents? recent = null) =>
        new(counts, Checkpoint.NameOf(counts), counts.Schema, NullLogger.Instance, recent);

    private async Task ApplyNext(ProjectionBatches course, NpgsqlConnection connection) =>
        Assert.Equal(await ledger.Store.ReadHead(default), await course.ApplyNext(connection, long.MaxValue, 100, default));
}
