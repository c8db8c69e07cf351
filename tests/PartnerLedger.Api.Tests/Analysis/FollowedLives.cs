using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>
/// A service that was told, in eu-plus, of 42 partnerships that failed, or were followed, as the patients of Freireich's trial in leukaemia (1963)
/// relapsed, a day for a week, of which the treated ones were adequately funded from the first; and in africa of ten partnerships with all that can
/// happen: two ends, some still running, one that failed before it began, and one of which the ledger was told late.
/// </summary>
public sealed class FollowedLives(TestCluster cluster) : IAsyncLifetime
{
    private static readonly int[] TreatedFailed = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    private static readonly int[] TreatedRunning = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
    private static readonly int[] PlaceboFailed = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
    private static readonly (int Day, string? End)[] Ten =
    [
        (-3, "failed"), (1, "successful"), (2, null), (3, "failed"), (3, "successful"),
        (5, "failed"), (4, null), (5, "successful"), (6, "failed"), (7, null),
    ];

    private readonly ServiceFactory service = new(cluster);
    private readonly DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    private long position;

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        foreach (var day in TreatedFailed)
        {
            await Log("eu-plus", day, "failed", "S-FUND");
        }

        foreach (var day in TreatedRunning)
        {
            await Log("eu-plus", day, null, "S-FUND");
        }

        foreach (var day in PlaceboFailed)
        {
            await Log("eu-plus", day, "failed");
        }

        foreach (var (day, end) in Ten)
        {
            await Log("africa", day, end);
        }

        // Never formed, and so not among those who could end.
        position = (await service.As(Role.Leader).Post("/api/partnerships", """{"name":"x","stage":"unexplored","regions":["africa"]}""")).Must(201).Position;
    }

    internal LedgerClient As(Role role) => service.As(role);

    /// <summary>What the incidence answers once everything is counted.</summary>
    internal Task<Answer> Ask(Role role, string question, params (string Name, string Value)[] headers) =>
        service.As(role).Get($"/api/analysis/{question}&minPosition={position}", headers);

    /// <summary>The ledger is made to have been told of each when it was proposed, but of the sixth of the ten only two days later.</summary>
    internal async Task Backdate()
    {
        await Ask(Role.Leader, "incidence?horizon=1");
        await Sql.Run(service.Database.Serving, """
            update read_analysis.step s set recorded = s.occurred + case when f.occurred - s.occurred = 5 and f.state = 'failed' and p.regions = array['africa'] then 2 else 0 end
            from read_analysis.partnership p left join read_analysis.step f on f.stream_id = p.stream_id and f.version = 2
            where s.version = 1 and p.stream_id = s.stream_id and p.to_position is null
            """);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    // Who failed or succeeded was proposed long before; who still runs, as many days ago as they were followed.
    private async Task Log(string region, int days, string? end, params string[] factors)
    {
        var leader = service.As(Role.Leader);
        var start = today.AddDays(end is null ? -days : -100);
        var path = await leader.Opened($$"""{"name":"x","regions":["{{region}}"],"occurredOn":"{{start:yyyy-MM-dd}}"}""");
        foreach (var factor in factors)
        {
            (await leader.Post($"{path}/factors", $$"""{"factor":"{{factor}}","occurredOn":"{{start:yyyy-MM-dd}}"}""")).Must(200);
        }

        if (end is not null)
        {
            (await leader.Post($"{path}/{end}", $$"""{"occurredOn":"{{start.AddDays(days):yyyy-MM-dd}}"}""")).Must(200);
        }
    }
}
