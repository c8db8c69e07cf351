using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PartnerLedger.Api.Audit.Reads;
using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Analysis;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>The record of reads when it is too much, when the database is away, when the service stops, and when time goes by.</summary>
public sealed class ReadWriterTests(TestCluster cluster) : IAsyncLifetime
{
    private const string CountSql = "select count(*) from ledger_read where route = '/api/regions'";
    private readonly ServiceFactory service = new(cluster);

    public ValueTask InitializeAsync() => service.InitializeAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task What_finds_no_place_is_told_and_the_rest_is_kept()
    {
        const int more = 5_000;
        (await service.As(Role.Leader).Get("/api/regions")).Must(200);
        await Count(1);
        var queue = service.Services.GetRequiredService<ReadQueue>();
        var at = DateTime.UtcNow;
        await using (await Locked())
        {
            for (var i = 0; i < ReadQueue.Capacity + more; i++)
            {
                queue.Add(Some(at.AddMilliseconds(i)));
            }
        }

        await Eventually.Holds(async () => (bool)(await Sql.Run(service.Database.Owner, "select exists (select from ledger_read_gap)"))!);

        // Up to a batch was already in the writer's hands.
        var dropped = (await service.As(Role.Auditor).Get("/api/audit/reads")).Must(200)["dropped"].GetInt64();
        Assert.InRange(dropped, more - 2_000, more);
        await Count(ReadQueue.Capacity + more - dropped + 1);
        Assert.Equal(0, (await service.As(Role.Auditor).Get($"/api/audit/reads?to={at.AddSeconds(-1):O}"))["dropped"].GetInt64());
        Assert.Equal(dropped, (await service.As(Role.Auditor).Get($"/api/audit/reads?from={at:O}"))["dropped"].GetInt64());
    }

    [Fact]
    public async Task What_waits_while_the_connection_breaks_is_kept_once()
    {
        var reader = service.As(Role.Leader);
        await using (await Locked())
        {
            for (var i = 0; i < 20; i++)
            {
                (await reader.Get("/api/regions")).Must(200);
            }

            await Eventually.Holds(async () => (long)(await Sql.Run(
                service.Database.Superuser, "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and query like 'insert into ledger_read %' and wait_event_type = 'Lock'"))! > 0);
        }

        await Count(20);
    }

    [Fact]
    public async Task A_read_that_the_database_does_not_take_costs_no_other_its_place()
    {
        var queue = service.Services.GetRequiredService<ReadQueue>();
        var at = DateTime.UtcNow;
        queue.Add(Some(at));
        queue.Add(Some(at) with { Query = "q=\0" });
        queue.Add(Some(at));
        await Eventually.Answers(() => service.As(Role.Auditor).Get("/api/audit/reads"), answer => answer["dropped"].GetInt64() == 1);
        await Count(2);
    }

    [Fact]
    public async Task A_node_that_stops_keeps_what_waits()
    {
        // No timer fires: the writer rests for ever, and only the stop makes it write.
        await using (var node = service.AnotherNode(builder => builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(new StoppedClock()))))
        {
            var reader = node.As(Role.Leader);
            for (var i = 0; i < 30; i++)
            {
                (await reader.Get("/api/regions")).Must(200);
            }

            Assert.Equal(0L, await Sql.Run(service.Database.Owner, CountSql));
        }

        Assert.Equal(30L, await Sql.Run(service.Database.Owner, CountSql));
    }

    [Fact]
    public async Task What_is_older_than_may_be_kept_is_forgotten_and_nothing_else()
    {
        await Sql.Run(service.Database.Owner, """
            insert into ledger_read select gen_random_uuid(), now() - interval '1 day' * days, gen_random_uuid(), '{}', '/api/regions', '/api/regions', null, 200, 7
            from unnest(array[29, 31]) days, generate_series(1, 6000)
            """);
        await Sql.Run(service.Database.Owner, "insert into ledger_read_gap select gen_random_uuid(), now() - interval '40 days', now() - interval '1 day' * days, days from unnest(array[29, 31]) days");
        await using var node = service.AnotherNode(builder => builder.UseSetting("Ledger:ReadsKeptDays", "30"));

        // As many as are deleted at once, and then the rest.
        await Eventually.Answers(() => node.As(Role.Auditor).Get("/api/audit/reads"), answer => answer.Must(200)["dropped"].GetInt64() == 29);
        await Count(6000);
        Assert.Equal(true, await Sql.Run(service.Database.Owner, "select min(at) > now() - interval '30 days' from ledger_read"));
    }

    private Task Count(long reads) => Eventually.Holds(async () => (long)(await Sql.Run(service.Database.Owner, CountSql))! == reads);

    // Whoever writes has to wait until this is disposed of.
    private async Task<NpgsqlConnection> Locked()
    {
        (await service.As(Role.Leader).Get("/health/ready")).Must(200);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(service.Database.Owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("begin; lock table ledger_read in share row exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Read Some(DateTime at) => new()
    {
        Id = Guid.CreateVersion7(),
        At = at,
        Until = null,
        Person = Guid.NewGuid(),
        Caller = null,
        Roles = "leader",
        Route = "/api/regions",
        Path = "/api/regions",
        Query = null,
        Status = 200,
        Rows = 7,
    };
}
