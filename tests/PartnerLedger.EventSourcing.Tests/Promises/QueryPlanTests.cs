using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Promises;

/// <summary>The tables grow while their statistics still say what they were: empty, or of a single stream.</summary>
public sealed class QueryPlanTests(Cluster cluster) : IAsyncLifetime
{
    private readonly Ledger ledger = new(cluster);

    public async ValueTask InitializeAsync() => await ledger.InitializeAsync();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Appending_and_reading_find_their_rows_by_index_whatever_the_statistics_say(bool analyzedWithOneStream)
    {
        var node = ledger.NewNode();
        if (analyzedWithOneStream)
        {
            await node.Append(Tally.Add(Tally.NewId(), times: 50));
        }

        await ledger.Execute("analyze");
        var stream = Tally.NewId();
        await Task.WhenAll(Enumerable.Range(0, 600).Select(_ => node.Append(Tally.Add(Tally.NewId(), times: 10))).Append(node.Append(Tally.Add(stream))));
        using var notices = new Notices();
        var database = Explaining(notices);
        var explained = Serving(database);

        await explained.Append(Tally.Add(stream, key: Tally.Key("plan")));
        Assert.IsType<CommandOutcome.Known>(await explained.Submit(Tally.Add(stream, key: Tally.Key("plan"))));
        await explained.Append(Tally.Decide(stream, (state, _) => Tally.Added(state), basis: Tally.NewId()));
        var store = new EventStore(database);
        Assert.Equal(3, (await store.ReadStream(stream, default)).Count);
        Assert.Equal(50, (await store.ReadAll(3000, 50, default)).Count);
        await store.PositionAt(DateTime.UtcNow, default);
        await explained.Queue.DisposeAsync();

        Assert.Contains(notices.Told, notice => notice.Contains("pk_mt_events_stream_and_version", StringComparison.Ordinal));
        Assert.Contains(notices.Told, notice => notice.Contains("ledger_key_pkey", StringComparison.Ordinal));
        Assert.DoesNotContain(notices.Told, notice => notice.Contains("Seq Scan on mt_events", StringComparison.Ordinal));
        Assert.DoesNotContain(notices.Told, notice => notice.Contains("Seq Scan on ledger_key", StringComparison.Ordinal));

        // A read may scan the streams while they fill a few pages; inside an append nothing is scanned.
        Assert.DoesNotContain(notices.Told, notice => notice.Contains("Seq Scan on mt_streams", StringComparison.Ordinal) && !notice.Contains("e.data::text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Streams_whose_ids_lie_side_by_side_are_read_without_a_look_at_all_others()
    {
        var node = ledger.NewNode();
        var (first, last) = (new Guid("66000000-0000-0000-0000-000000000000"), new Guid("66ffffff-ffff-ffff-ffff-ffffffffffff"));
        Guid[] beside = [new("66000000-0000-8000-8000-000000000000"), new("66ff0000-0000-8000-8000-000000000001")];
        await Task.WhenAll(beside.Prepend(new("65ffffff-ffff-8fff-8fff-ffffffffffff")).Append(new("67000000-0000-8000-8000-000000000000"))
            .Select(id => node.Append(Tally.Add(id, times: 2))));
        await ledger.Execute("""
            insert into mt_streams (id, type, version) select ('01' || substr(gen_random_uuid()::text, 3))::uuid, 'tally', 0 from generate_series(1, 20000);
            insert into mt_streams (id, type, version) values ('66100000-0000-8000-8000-000000000000', 'other', 0);
            analyze mt_streams
            """);
        using var notices = new Notices();
        var events = await new EventStore(Explaining(notices)).ReadStreams("tally", first, last, default);

        Assert.Equal(beside.SelectMany(id => new[] { (id, 1L), (id, 2L) }), events.Select(e => (e.StreamId, e.Version)));
        Assert.Contains(notices.Told, notice => notice.Contains("pkey_mt_streams_id", StringComparison.Ordinal));
        Assert.DoesNotContain(notices.Told, notice => notice.Contains("Seq Scan on mt_streams", StringComparison.Ordinal));
    }

    private Node Serving(NpgsqlDataSource database) =>
        new("", database, ledger.Keep(new AppendQueue(database, new AppendQueueOptions(), NullLogger<AppendQueue>.Instance)));

    // The server tells every plan it uses, those inside append_events too, as notices; the driver logs them.
    private NpgsqlDataSource Explaining(Notices notices)
    {
        const string options = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 "
            + "-c auto_explain.log_nested_statements=on -c auto_explain.log_level=notice";
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(ledger.Connections.Superuser) { Options = options }.ConnectionString);
        return ledger.Keep(builder.UseLoggerFactory(notices).Build());
    }

    private sealed class Notices : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> told = new();

        public IReadOnlyCollection<string> Told => told;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            told.Enqueue(formatter(state, exception));

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
