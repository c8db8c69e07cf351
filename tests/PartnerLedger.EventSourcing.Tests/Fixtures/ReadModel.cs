using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.EventSourcing.Projections;

namespace PartnerLedger.EventSourcing.Tests.Fixtures;

/// <summary>A projection that runs on a node until this is disposed.</summary>
public sealed class ReadModel : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    public ReadModel(Node node, Projection projection)
    {
        Daemon = new ProjectionDaemon(node.Database, projection, node.Queue.Committed, node.Queue.Recent, TimeProvider.System, NullLogger<ProjectionDaemon>.Instance);
        running = Daemon.Run(stopping.Token);
    }

    public ProjectionDaemon Daemon { get; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }
}

internal static class ReadModels
{
    /// <summary>Every stream's row, and every event's, as the events alone say they must be.</summary>
    public static async Task AssertEquals(this Ledger ledger, Counts projection, params Guid[] except)
    {
        var wanted = (await ledger.Store.ReadAll(0, int.MaxValue, default)).Where(e => e.StreamType == "tally" && !except.Contains(e.StreamId)).ToList();
        Assert.Equal(
            wanted.GroupBy(e => e.StreamId).Select(s => (s.Key, (long)s.Count(), s.Sum(e => (long)Tally.Fold(0L, e)), s.Max(e => e.Position))).OrderBy(r => r.Key),
            (await ledger.Rows(projection)).Where(r => !except.Contains(r.Stream)).OrderBy(r => r.Stream));
        Assert.Equal(
            wanted.Count, await ledger.One<long>($"select count(*) from {projection.Schema}.event where stream_id <> all ($1)", except));
    }

    public static async Task<List<(Guid Stream, long Events, long Sum, long Position)>> Rows(this Ledger ledger, Counts projection)
    {
        await using var command = ledger.Superuser.CreateCommand($"select stream_id, events, sum, position from {projection.Schema}.count");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(Guid, long, long, long)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return rows;
    }

    public static Task UntilApplied(this ReadModel model, long position) => model.Daemon.Applied.WaitUntil(position, CancellationToken.None);
}
