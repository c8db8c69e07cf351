using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EmbeddedPostgres;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Projections;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>A ledger of its own, whose analysis is brought up to date in batches that the test cuts.</summary>
internal sealed class AnalysisLedger : IAsyncDisposable
{
    private static readonly EventMetadata Metadata = new(Guid.CreateVersion7(), null, null);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AppendQueue queue;
    private readonly PositionSignal cut = new();
    private readonly Dictionary<Guid, Partnership> folded = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;
    private int appends;

    private AnalysisLedger(DatabaseConnections connections)
    {
        Database = NpgsqlDataSource.Create(connections.Serving + ";No Reset On Close=true;Max Auto Prepare=50");
        queue = new(Database, new AppendQueueOptions(), NullLogger<AppendQueue>.Instance);
        Daemon = new(Database, new AnalysisProjection(), cut, queue.Recent, new StoppedClock(), NullLogger<ProjectionDaemon>.Instance);
        var catalogues = new Catalogues(new EventStore(Database));
        Summary = new(Database);
        Factors = new(Database, catalogues);
        Courses = new(Database, catalogues);
        Moves = new(Database);
        Brief = new(Database, catalogues);
        Cooccurrence = new(Database, catalogues);
        Profiles = new(Database);
        Trend = new(Database, catalogues);
        running = Daemon.Run(stopping.Token);
    }

    public NpgsqlDataSource Database { get; }

    public ProjectionDaemon Daemon { get; }

    public SummaryQuery Summary { get; }

    public FactorsQuery Factors { get; }

    public CoursesQuery Courses { get; }

    public MovesQuery Moves { get; }

    public BriefQuery Brief { get; }

    public CooccurrenceQuery Cooccurrence { get; }

    public ProfilesQuery Profiles { get; }

    public TrendQuery Trend { get; }

    public long Head { get; private set; }

    public static async Task<AnalysisLedger> Make(TestCluster cluster)
    {
        var connections = await cluster.NewDatabase();
        // What is granted on the database itself is not copied with it.
        await using var owner = NpgsqlDataSource.Create(connections.Owner + ";Pooling=false");
        await Migrator.Migrate(owner, new NpgsqlConnectionStringBuilder(connections.Serving).Username!, NullLogger.Instance, CancellationToken.None);
        return new(connections);
    }

    public Task<long> Append(Guid partnership, params IReadOnlyList<IPartnershipEvent> events) =>
        Append(PartnershipStream.Type, partnership, events, EventVocabulary.Partnership, () =>
        {
            folded[partnership] = events.Aggregate(folded.GetValueOrDefault(partnership), Partnership.Fold)!;
            return folded[partnership];
        });

    public Task<long> Append(params IReadOnlyList<ICatalogueEvent> events) =>
        Append(CatalogueStream.Type, CatalogueStream.Id, events, EventVocabulary.Catalogue, () => new object());

    /// <summary>Lets the projection take everything up to here, as one batch unless there is more than a batch takes.</summary>
    public async Task Cut()
    {
        cut.Advance(Head);
        Assert.True(await Daemon.Applied.TryWaitUntil(Head, Patience, TimeProvider.System, CancellationToken.None), "The projection did not come as far.");
    }

    /// <summary>The day on which each partnership was first recorded.</summary>
    public async Task<Dictionary<Guid, DateOnly>> Recorded()
    {
        var days = new Dictionary<Guid, DateOnly>();
        await using var command = Database.CreateCommand("select stream_id, (timestamp at time zone 'UTC')::date from mt_events where version = 1");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            days.Add(reader.GetGuid(0), await reader.GetFieldValueAsync<DateOnly>(1));
        }

        return days;
    }

    /// <summary>Every row of the read model, in an order of its own.</summary>
    public async Task<string> Rows()
    {
        var rows = new StringBuilder();
        foreach (var table in new[] { "partnership", "step", "note", "teller", "told_from", "cell", "factor_cell", "pair", "year_count", "recovered_teller", "telling", "telling_count" })
        {
            await using var command = Database.CreateCommand($"select t::text from read_analysis.{table} t order by t::text collate \"C\"");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Append(table).Append(' ').AppendLine(reader.GetString(0));
            }
        }

        return rows.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        await queue.DisposeAsync();
        await Database.DisposeAsync();
        stopping.Dispose();
    }

    // Of every other append the state is told, and what the data was written from: so the read model meets states that it has folded itself, and
    // states that the writer has, which are equal and not the same, as after a restart or where another node writes, too.
    private async Task<long> Append<TEvent>(
        StreamType type, Guid stream, IReadOnlyList<TEvent> events, EventVocabulary<TEvent> vocabulary, Func<object> state)
        where TEvent : class
    {
        var isTold = appends++ % 2 == 0;
        var after = state();
        var appended = events.Select(e => new NewEvent(
            Guid.CreateVersion7(), vocabulary.NameOf(e), CanonicalJson.ToText(vocabulary.WriteUtf8(e)), [], isTold ? e : null)).ToList();
        var outcome = await queue.Submit(
            new StreamCommand
            {
                StreamType = type,
                StreamId = stream,
                Metadata = Metadata,
                Decide = (_, _) => new Proposal.Append(appended, isTold ? after : new object(), ""),
            },
            CancellationToken.None);
        var position = Assert.IsType<CommandOutcome.Appended>(outcome).Position;
        return Head = Math.Max(Head, position);
    }
}
