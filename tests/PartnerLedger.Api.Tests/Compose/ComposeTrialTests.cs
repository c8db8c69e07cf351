using System.Diagnostics;
using Npgsql;
using PartnerLedger.Api.Tests.Hosting;

namespace PartnerLedger.Api.Tests.Compose;

/// <summary>A newcomer who starts the containers finds one ledger behind two nodes.</summary>
public sealed class ComposeTrialTests(ComposeTrial trial) : IClassFixture<ComposeTrial>
{
    [Fact]
    public async Task What_is_logged_at_one_node_is_read_at_the_other_with_the_same_token()
    {
        using var here = new HttpClient { BaseAddress = trial.First };
        using var there = new HttpClient { BaseAddress = trial.Second };
        var token = (await new LedgerClient(here).Post("/api/dev/token", """{"name":"lea","roles":["leader"]}""")).Must(200)["token"].GetString();
        here.DefaultRequestHeaders.Authorization = there.DefaultRequestHeaders.Authorization = new("Bearer", token);

        var logged = (await new LedgerClient(here).Post("/api/partnerships", """{"name":"Care at home"}""")).Must(201);
        var list = (await new LedgerClient(there).Get($"/api/partnerships?minPosition={logged.Position}")).Must(200);
        Assert.Equal(["Care at home"], list.Each("items", "name"));
    }

    [Fact]
    public async Task The_serving_role_cannot_edit_the_ledger()
    {
        await using var serving = NpgsqlDataSource.Create(trial.Here(trial.Compose.Services["node-1"].Environment["ConnectionStrings__Ledger"]));
        await using var edit = serving.CreateCommand("update mt_events set data = '{}'");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => edit.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task The_health_check_tells_a_node_that_is_ready_from_a_port_where_none_listens()
    {
        Assert.Equal(0, await HealthCheck(trial.First.Port));
        Assert.NotEqual(0, await HealthCheck(1));
    }

    private async Task<int> HealthCheck(int port)
    {
        var test = trial.Compose.Services["node-1"].Healthcheck!.Test;
        Assert.Equal("CMD", test[0]);
        var words = test.Skip(2).Select(word => word.Replace("/5080", $"/{port}", StringComparison.Ordinal));
        using var check = Process.Start(new ProcessStartInfo(test[1], words) { UseShellExecute = false, RedirectStandardError = true })!;
        await check.WaitForExitAsync();
        return check.ExitCode;
    }
}
