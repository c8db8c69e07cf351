using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>Every step of the lifecycle, allowed or not, as the contract's table has it.</summary>
public sealed class LifecycleTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private static readonly Dictionary<string, (string[] Way, string[] Allowed)> Table = new(StringComparer.Ordinal)
    {
        ["unexplored"] = (["unexplored"], ["proposed"]),
        ["proposed"] = (["proposed"], ["undeveloped", "active", "struggling", "successful", "failed"]),
        ["undeveloped"] = (["undeveloped"], ["proposed", "active"]),
        ["active"] = (["proposed", "active"], ["struggling", "successful", "failed", "ended"]),
        ["struggling"] = (["proposed", "struggling"], ["active", "successful", "failed"]),
        ["successful"] = (["proposed", "successful"], ["struggling", "ended"]),
        ["failed"] = (["proposed", "failed"], []),
        ["ended"] = (["proposed", "active", "ended"], []),
    };

    public static TheoryData<string> States => [.. Table.Keys];

    private readonly LedgerClient leader = service.As(Role.Leader);

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_state_leads_where_the_table_says_and_nowhere_else(string from)
    {
        var (way, allowed) = Table[from];
        foreach (var to in Table.Keys.Where(state => state != "unexplored"))
        {
            var path = await leader.OpenAndMove(way);
            var answer = await leader.Post($"{path}/{to}");
            if (allowed.Contains(to))
            {
                Assert.Equal(to, answer.Must(200).State);
                Assert.Equal(to, (await leader.Get(path)).State);
                continue;
            }

            var problem = await answer.MustBe(from == to ? "repeated-state" : "lifecycle-step", 409);
            Assert.Equal(from, problem.GetProperty("state").GetString());
            Assert.Equal(allowed.Order(), problem.GetProperty("allowed").EnumerateArray().Select(state => state.GetString()).Order());
            Assert.Equal(way.Length, (await leader.Get(path)).Version);
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Factors_partners_names_and_regions_may_come_in_every_state(string state)
    {
        var path = await leader.OpenAndMove(Table[state].Way);
        Assert.Equal(state, (await leader.Post($"{path}/factors", """{"factor":"N-TRUST"}""")).Must(200).State);
        Assert.Equal(state, (await leader.Post($"{path}/partners", """{"sector":"industry"}""")).Must(200).State);
        Assert.Equal(state, (await leader.Post($"{path}/name", """{"name":"B"}""")).Must(200).State);
        Assert.Equal(state, (await leader.Post($"{path}/regions", """{"regions":["africa"]}""")).Must(200).State);
    }

    [Fact]
    public async Task Nobody_moves_to_unexplored()
    {
        var path = await leader.Open();
        await (await leader.Post($"{path}/unexplored")).MustBe("not-found", 404);
    }

    [Fact]
    public async Task The_order_of_recording_counts_and_not_the_day_it_happened()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/active", """{"occurredOn":"2023"}""")).Must(200);
        Assert.Equal("struggling", (await leader.Post($"{path}/struggling", """{"occurredOn":"1999-12-31"}""")).Must(200).State);
    }
}
