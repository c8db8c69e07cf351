using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Hosting;

namespace PartnerLedger.Api.Tests;

/// <summary>Starts the service as its users do, as a process, with settings that would leave the ledger open.</summary>
public sealed class StartTests(TestCluster cluster)
{
    [Theory]
    [InlineData("Production", null, "Authentication:Authority must name")]
    [InlineData("Staging", "", "Authentication:Authority must name")]
    [InlineData("Production", "http://127.0.0.1:1", "must be an https address")]
    [InlineData("Development", "http://issuer.example", "must be an https address")]
    [InlineData("Production", "issuer", "must be an https address")]
    public async Task Without_an_issuer_to_trust_the_service_says_so_in_one_sentence_and_ends(string environment, string? authority, string sentence)
    {
        var (code, said) = await Start(environment, ("Authentication__Authority", authority));
        Assert.Equal(1, code);
        Assert.Contains(sentence, Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_development_key_is_refused()
    {
        var (code, said) = await Start("Development", ("Ledger__DevelopmentKey", "short"));
        Assert.Equal(1, code);
        Assert.Contains("at least 32 characters", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Regions_that_repeat_are_refused()
    {
        var (code, said) = await Start("Development", ("Ledger__Regions", "north, south, north"));
        Assert.Equal(1, code);
        Assert.Contains("Ledger:Regions", Assert.Single(said), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("two years")]
    [InlineData("36501")]
    public async Task A_record_of_reads_that_is_kept_for_no_time_is_refused(string days)
    {
        var database = await cluster.NewDatabase();
        var (code, said) = await Start(
            "Development", ("Ledger__ReadsKeptDays", days), ("ConnectionStrings__Ledger", database.Serving), ("ConnectionStrings__LedgerOwner", database.Owner));
        Assert.Equal(1, code);
        Assert.Contains("Ledger:ReadsKeptDays must be a whole number of days", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var database = await cluster.NewDatabase();
        var (code, said) = await Start(
            "Development",
            ("ASPNETCORE_URLS", $"http://{other.LocalEndpoint}"),
            ("ConnectionStrings__Ledger", database.Serving),
            ("ConnectionStrings__LedgerOwner", database.Owner));
        Assert.Equal(1, code);
        Assert.Contains($"{other.LocalEndpoint}: address already in use", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_is_not_empty_refuses_to_be_seeded_in_one_sentence()
    {
        await using var service = new ServiceFactory(cluster);
        await service.InitializeAsync();
        await service.As(Role.Leader).Open();
        var (code, said) = await Start(
            "Development", ["--seed", "sample"],
            ("ConnectionStrings__Ledger", service.Database.Serving), ("ConnectionStrings__LedgerOwner", service.Database.Owner));
        Assert.Equal(1, code);
        Assert.Equal("The ledger is not empty, and --seed sample only fills a new one: start without it.", Assert.Single(said));
    }

    [Theory]
    [InlineData("--seed", "study")]
    [InlineData("--seed=")]
    [InlineData("--seed")]
    public async Task There_is_one_set_to_seed_with(params string[] args)
    {
        var (code, said) = await Start("Development", args);
        Assert.Equal(1, code);
        Assert.Equal("There is one set to seed a ledger with: --seed sample.", Assert.Single(said));
    }

    private static Task<(int Code, string[] Said)> Start(string environment, params (string Name, string? Value)[] settings) => Start(environment, [], settings);

    private static async Task<(int Code, string[] Said)> Start(string environment, string[] args, params (string Name, string? Value)[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("partnerledger-");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "PartnerLedger.Api.dll"), .. args])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Ledger__DataDirectory"] = directory.FullName;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var said = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            directory.Delete(recursive: true);
        }
    }
}
