using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using PartnerLedger.Benchmarks.Load;

namespace PartnerLedger.Benchmarks.Harness;

/// <summary>One node of the service, in a process of its own on the benchmark's database.</summary>
internal sealed class Service : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private Service(Process process, IPEndPoint address) => (this.process, Address) = (process, address);

    public IPEndPoint Address { get; }

    /// <summary>A token for all that the benchmarks do; nodes of one database share the key that signs it.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Time of the processors that the node has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<Service> Start(Bench bench)
    {
        var program = typeof(Service).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Service").Value!;
        var address = FreeAddress();
        var start = new ProcessStartInfo("dotnet", [program])
        {
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = $"http://{address}",
                ["ConnectionStrings__Ledger"] = bench.Connections.Serving,
                ["ConnectionStrings__LedgerOwner"] = bench.Connections.Owner,
                ["Ledger__DataDirectory"] = bench.Directory,
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        GeneratorSockets.Leave(start.Environment);
        var started = Process.Start(start)!;
        _ = started.StandardOutput.ReadToEndAsync();
        var service = new Service(started, address);
        try
        {
            await service.GetReady();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task GetReady()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{Address}") };
        var started = Stopwatch.GetTimestamp();
        while (!await IsReady(client))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > LongestStart)
            {
                throw new InvalidOperationException("The service did not get ready; it says why on the standard error.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        using var answer = await client.PostAsJsonAsync("/api/dev/token", new { name = "benchmark", roles = new[] { "leader", "analyst", "auditor", "operator" } });
        answer.EnsureSuccessStatusCode();
        Token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
