using PartnerLedger.Benchmarks;
using PartnerLedger.Benchmarks.Harness;
using PartnerLedger.Benchmarks.Load;

GeneratorSockets.Choose();

// The table of contents: what can be measured, one file each.
var benchmarks = new Dictionary<string, Func<Bench, Task>>(StringComparer.Ordinal)
{
    ["append"] = AppendBenchmark.Run,
    ["signing"] = SigningBenchmark.Run,
    ["import"] = ImportBenchmark.Run,
    ["visibility"] = VisibilityBenchmark.Run,
};

if (!BenchmarkOptions.TryParse(args, [.. benchmarks.Keys], out var options, out var usage))
{
    await Console.Error.WriteLineAsync(usage);
    return 2;
}

var report = new Report();
foreach (var name in options.Benchmarks)
{
    await using var bench = await Bench.Start(name, options, report);
    await benchmarks[name](bench);
}

report.Print(Console.Out);
return options.Check && !report.IsMet ? 1 : 0;
