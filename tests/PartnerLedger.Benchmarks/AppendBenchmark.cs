using PartnerLedger.Benchmarks.Harness;
using PartnerLedger.Benchmarks.Load;

namespace PartnerLedger.Benchmarks;

/// <summary>A noted factor over HTTP, with token and Idempotency-Key, against a bare insert of one row into the same cluster.</summary>
internal static class AppendBenchmark
{
    private const int PartnershipCount = 2_000;
    private const double Target = 0.5;

    private const string Setup = "create table t (n bigserial primary key, a uuid not null, d jsonb not null)";

    private const string Insert =
        """insert into t (a, d) values (gen_random_uuid(), '{"factor":"N-TRUST","occurredOn":"2024-03","polarity":"negative","topic":"TRUST"}');""";

    public static async Task Run(Bench bench)
    {
        await using var service = await Service.Start(bench);
        var insert = await PgBench.Prepare(bench, "insert", Setup, Insert);
        var partnerships = await Partnerships.Open(service, PartnershipCount);

        await WarmUp(bench, service, partnerships);
        foreach (var connections in bench.Options.Connections)
        {
            await Compare(bench, service, partnerships, insert, connections);
        }
    }

    // A young process spends most of its time on compiling, and so the first minute tells little of the days after it.
    internal static async Task WarmUp(Bench bench, Service service, Guid[] partnerships)
    {
        const int fewest = 3;
        const int most = 10;
        const double gain = 0.95;
        var least = double.MaxValue;
        for (var slice = 0; slice < most; slice++)
        {
            await ClosedLoop.Run(service, partnerships, 1, bench.Options.Duration / 2);
            var load = await ClosedLoop.Run(service, partnerships, 64, bench.Options.Duration);
            bench.Say($"warming up: service {load.ServiceCost:F0} µs a request");
            if (slice >= fewest - 1 && load.ServiceCost > least * gain)
            {
                return;
            }

            least = Math.Min(least, load.ServiceCost);
        }
    }

    private static async Task Compare(Bench bench, Service service, Guid[] partnerships, PgBench insert, int connections)
    {
        var http = new List<LoadResult>();
        var rows = new List<double>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            http.Add(await ClosedLoop.Run(service, partnerships, connections, bench.Options.Duration));
            rows.Add(await insert.Measure(connections, bench.Options.Duration));
            bench.Say($"{connections} connections: HTTP {http[^1].Rate:N0}/s, service {http[^1].ServiceCost:F0} µs, generator {http[^1].GeneratorCost:F0} µs a request; pgbench {rows[^1]:N0}/s");
        }

        var name = $"append at {connections}";
        bench.Report.Add($"{name}: pgbench, one row", $"{rows.Median():N0}/s");
        bench.Report.AtLeast($"{name}: HTTP", http.Select(each => each.Rate).Median(), rows.Median(), Target, "/s");
        bench.Report.Add($"{name}: HTTP p50", $"{http.Select(each => each.Latency.Percentile(50)).Median():F1} ms");
        bench.Report.Add($"{name}: HTTP p99", $"{http.Select(each => each.Latency.Percentile(99)).Median():F1} ms");
        bench.Report.Add($"{name}: processor time of the service", $"{http.Select(each => each.ServiceCost).Median():F0} µs");
        bench.Report.Add($"{name}: processor time of the generator", $"{http.Select(each => each.GeneratorCost).Median():F0} µs");
    }
}
