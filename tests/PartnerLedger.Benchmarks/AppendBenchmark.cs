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

        // The first seconds belong to the compiler.
        await ClosedLoop.Run(service, partnerships, 64, 2 * bench.Options.Duration);
        foreach (var connections in new[] { 1, 64 })
        {
            await Compare(bench, service, partnerships, insert, connections);
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

        if (http.Sum(each => each.Refused) is > 0 and var refused)
        {
            throw new InvalidOperationException($"{refused} requests were refused: what was measured is not what was meant.");
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
