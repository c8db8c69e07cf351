using System.Globalization;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>A partnership as the ledger knew it at a version, or at a moment.</summary>
public sealed class TimeTravelTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task Each_version_can_be_read_again()
    {
        var path = await leader.OpenAndMove("unexplored", "proposed", "active", "failed");
        string[] states = ["unexplored", "proposed", "active", "failed"];
        for (var version = 1; version <= 4; version++)
        {
            var then = (await leader.Get($"{path}?version={version}")).Must(200);
            Assert.Equal((version, states[version - 1]), (then.Version, then.State));
        }
    }

    [Theory]
    [InlineData("version=0", "version")]
    [InlineData("version=-1", "version")]
    [InlineData("version=one", "version")]
    [InlineData("version=1&version=1", "version")]
    [InlineData("version=1&asOf=2024-01-01T00:00:00Z", "asOf")]
    [InlineData("asOf=2999-01-01T00:00:00Z", "asOf")]
    [InlineData("asOf=2024-01-01", "asOf")]
    [InlineData("asOf=2024-01-01T00:00:00", "asOf")]
    [InlineData("asOf=", "asOf")]
    [InlineData("at=1", "at")]
    public async Task A_time_that_cannot_be_meant_is_refused(string query, string name)
    {
        var path = await leader.Open();
        await (await leader.Get($"{path}?{query}")).MustRefuse(name);
    }

    [Fact]
    public async Task Before_its_first_event_and_after_its_last_version_there_is_nothing()
    {
        var path = await leader.Open();
        var recordedAt = (await leader.Get(path))["lastRecordedAt"].GetString()!;
        await (await leader.Get($"{path}?version=2")).MustBe("not-found", 404);
        await (await leader.Get($"{path}?asOf=2001-01-01T00:00:00Z")).MustBe("not-found", 404);
        await (await leader.Get($"{path}?asOf={Earlier(recordedAt)}")).MustBe("not-found", 404);
        Assert.Equal(1, (await leader.Get($"{path}?asOf={recordedAt}")).Must(200).Version);
    }

    [Fact]
    public async Task A_moment_counts_to_the_microsecond_in_any_offset()
    {
        var path = await leader.OpenAndMove("proposed", "active", "failed");
        var moments = (await leader.Get($"{path}/history")).Each("events", "recordedAt").Select(moment => moment!).ToArray();
        Assert.All(moments, moment => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", moment));
        for (var i = 0; i < moments.Length; i++)
        {
            Assert.Equal(i + 1, (await leader.Get($"{path}?asOf={moments[i]}")).Must(200).Version);
            Assert.Equal(i + 1, (await leader.Get($"{path}?asOf={moments[i].ToLowerInvariant()[..^1]}000999z")).Must(200).Version);
            if (i > 0)
            {
                Assert.Equal(i, (await leader.Get($"{path}?asOf={Earlier(moments[i])}")).Must(200).Version);
            }
        }

        var abroad = DateTimeOffset.Parse(moments[1], CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(5.5)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz");
        Assert.Equal(2, (await leader.Get($"{path}?asOf={Uri.EscapeDataString(abroad)}")).Must(200).Version);
        Assert.Equal(2, (await leader.Get($"{path}?asOf={abroad}")).Must(200).Version);
    }

    [Fact]
    public async Task A_correction_counts_from_its_own_moment_on()
    {
        var path = await leader.OpenAndMove("proposed", "active");
        (await leader.Post($"{path}/corrections", """{"version":2,"reason":"x","withdrawn":true}""")).Must(200);
        (await leader.Post($"{path}/corrections", """{"version":1,"reason":"x","replacement":{"name":"B","occurredOn":"2001"}}""")).Must(200);
        var now = await leader.Get(path);
        Assert.Equal(("proposed", "B", "2001"), (now.State, now["name"].GetString(), now["proposedOn"].GetString()));

        var before = await leader.Get($"{path}?version=2");
        Assert.Equal(("active", "Care at home"), (before.State, before["name"].GetString()));
        var between = await leader.Get($"{path}?asOf={Earlier(now["lastRecordedAt"].GetString()!)}");
        Assert.Equal((3, "proposed", "Care at home"), (between.Version, between.State, between["name"].GetString()));
    }

    private static string Earlier(string moment) =>
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).AddMicroseconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
}
