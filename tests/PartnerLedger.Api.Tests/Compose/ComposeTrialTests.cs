using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.Api.Tests.Compose;

/// <summary>The trial of docker-compose.yml without containers: its script makes the roles, and two nodes with its settings share one ledger.</summary>
public sealed class ComposeTrialTests : IAsyncLifetime
{
    private readonly ComposeFile compose = ComposeFile.Read();
    private PostgresCluster cluster = null!;
    private ComposeNode first = null!;
    private ComposeNode second = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await PostgresCluster.StartTemporaryAsync();
        await using var superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cluster.Connections.Superuser) { Pooling = false }.ConnectionString);
        foreach (var statement in compose.Configs["roles"].Content.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = superuser.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }

        // Compose lets both go at once, when PostgreSQL is healthy.
        var nodes = await Task.WhenAll(Task.Run(() => Start("node-1")), Task.Run(() => Start("node-2")));
        (first, second) = (nodes[0], nodes[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task What_is_logged_at_one_node_is_read_at_the_other_with_the_same_token()
    {
        using var here = new HttpClient { BaseAddress = first.Url };
        using var there = new HttpClient { BaseAddress = second.Url };
        using var signedIn = await here.PostAsync("/api/dev/token", Answers.Json("""{"name":"lea","roles":["leader"]}"""));
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        here.DefaultRequestHeaders.Authorization = there.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var logged = await here.PostAsync("/api/partnerships", Answers.Json("""{"name":"Care at home"}"""));
        Assert.Equal(HttpStatusCode.Created, logged.StatusCode);
        var position = (await logged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("position").GetInt64();

        var list = await there.GetFromJsonAsync<JsonElement>($"/api/partnerships?minPosition={position}");
        Assert.Equal("Care at home", Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_serving_role_of_the_trial_cannot_edit_the_ledger()
    {
        await using var serving = NpgsqlDataSource.Create(Here(compose.Services["node-1"].Environment["ConnectionStrings__Ledger"]));
        await using var edit = serving.CreateCommand("update mt_events set data = '{}'");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => edit.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task The_health_check_tells_a_node_that_is_ready_from_a_port_where_none_listens()
    {
        Assert.Equal(0, await HealthCheck(first.Url.Port));
        Assert.NotEqual(0, await HealthCheck(1));
    }

    private ComposeNode Start(string name) => new(compose.Services[name].Environment.ToDictionary(
        setting => setting.Key,
        setting => setting.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal) ? Here(setting.Value) : setting.Value,
        StringComparer.Ordinal));

    // The same connection, but for where the server is.
    private string Here(string connection)
    {
        var place = new NpgsqlConnectionStringBuilder(cluster.ServingConnectionString);
        return new NpgsqlConnectionStringBuilder(connection) { Host = place.Host, Port = place.Port }.ConnectionString;
    }

    private async Task<int> HealthCheck(int port)
    {
        var test = compose.Services["node-1"].Healthcheck!.Test;
        Assert.Equal("CMD", test[0]);
        var words = test.Skip(2).Select(word => word.Replace("/5080", $"/{port}", StringComparison.Ordinal));
        using var check = Process.Start(new ProcessStartInfo(test[1], words) { UseShellExecute = false })!;
        await check.WaitForExitAsync();
        return check.ExitCode;
    }
}
