using System.Diagnostics;
using PartnerLedger.Benchmarks.Harness;
using PartnerLedger.Benchmarks.Load;

namespace PartnerLedger.Benchmarks;

/// <summary>
/// An import over HTTP, from its first byte to its last event in the ledger, against a binary COPY of the rows that it came to
/// into tables of the same layout. Every round has a database of its own.
/// </summary>
internal static class ImportBenchmark
{
    private const double Target = 0.4;
    private const int LongestHold = 250;

    // The first lines belong to the compiler.
    private const int WarmUp = 20_000;

    public static async Task Run(Bench bench)
    {
        var imports = new List<double>();
        var copies = new List<double>();
        var held = new List<double>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            await using var own = round == 0 ? null : await Bench.Start($"import, round {round + 1}", bench.Options, bench.Report);
            var (import, copy, longest) = await Measure(own ?? bench);
            imports.Add(import);
            copies.Add(copy);
            held.Add(longest.TotalMilliseconds);
        }

        bench.Report.Add("import: binary COPY of the same rows", $"{copies.Median():N0}/s");
        bench.Report.AtLeast($"import of {bench.Options.Events:N0} events over HTTP", imports.Median(), copies.Median(), Target, "/s");
        bench.Report.AtMost("import: longest wait for the head", held.Max(), LongestHold, "ms");
    }

    private static async Task<(double Import, double Copy, TimeSpan Held)> Measure(Bench bench)
    {
        await using var service = await Service.Start(bench);
        await ImportedFile.Send(service, ImportedFile.Make(WarmUp, seed: 0));
        await ImportedFile.UntilVisible(service);

        var file = ImportedFile.Make(bench.Options.Events, seed: 1);
        var probe = HeadProbe.Start(bench);
        var began = Stopwatch.GetTimestamp();
        var processor = service.ProcessorTime;
        ImportTimes times;
        double rate;
        await using (probe)
        {
            times = await ImportedFile.Send(service, file);
            rate = bench.Options.Events / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        bench.Say($"{rate:N0} events/s: staged in {times.Staged.TotalSeconds:F1} s, moved in {times.Moved.TotalSeconds:F1} s; processor time of the service {(service.ProcessorTime - processor).TotalSeconds:F1} s; longest wait for the head {probe.Longest.TotalMilliseconds:F0} ms");
        await ImportedFile.UntilVisible(service);
        bench.Say($"in the read models after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");

        var (time, events) = await CopiedRows.Measure(bench);
        bench.Say($"binary COPY: {events / time.TotalSeconds:N0} events/s");
        return (rate, events / time.TotalSeconds, probe.Longest);
    }
}
