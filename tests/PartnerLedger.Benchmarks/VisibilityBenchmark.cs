using PartnerLedger.Benchmarks.Harness;
using PartnerLedger.Benchmarks.Load;

namespace PartnerLedger.Benchmarks;

/// <summary>How long after its answer a command is in the read models, while two nodes change the same partnerships 500 times a second.</summary>
internal static class VisibilityBenchmark
{
    private const int CommandsASecond = 500;
    private const int PartnershipCount = 2_000;
    private const double Target = 250;

    public static async Task Run(Bench bench)
    {
        await using var first = await Service.Start(bench);
        await using var second = await Service.Start(bench);
        var partnerships = await Partnerships.Open(first, PartnershipCount);

        // The first seconds belong to the compiler.
        await PacedLoad.Run(first, second, partnerships, CommandsASecond, 3 * bench.Options.Duration);
        var load = await PacedLoad.Run(first, second, partnerships, CommandsASecond, 4 * bench.Options.Duration);
        var visible = load.Visible.Order().ToArray();
        bench.Report.Add("visibility: commands accepted", $"{load.Rate:N0}/s");
        bench.Report.Add("visibility: refused by If-Match (412)", $"{load.Conflicts}");
        bench.Report.Add("visibility: command p99", $"{load.Answered.Order().ToArray().Percentile(99):F1} ms");
        bench.Report.Add($"visibility: p50 of {visible.Length}", $"{visible.Percentile(50):F1} ms");
        bench.Report.AtMost("visibility: p99", visible.Percentile(99), Target, "ms");
    }
}
