using PartnerLedger.Benchmarks.Harness;
using PartnerLedger.Benchmarks.Load;

namespace PartnerLedger.Benchmarks;

/// <summary>
/// What it costs to prove the ledger: noted factors over HTTP as the service does it, then with no node that signs, then without the leaf
/// of each event as well. In turns, on one database and one node.
/// </summary>
internal static class SigningBenchmark
{
    private const int PartnershipCount = 2_000;
    private const double Target = 0.75;

    public static async Task Run(Bench bench)
    {
        await using var service = await Service.Start(bench);
        await using var proofs = await Proofs.Open(bench);
        var partnerships = await Partnerships.Open(service, PartnershipCount);
        await AppendBenchmark.WarmUp(bench, service, partnerships);
        foreach (var connections in bench.Options.Connections)
        {
            await Compare(bench, service, partnerships, proofs, connections);
        }
    }

    private static async Task Compare(Bench bench, Service service, Guid[] partnerships, Proofs proofs, int connections)
    {
        var (all, unsigned, bare) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            await proofs.All();
            all.Add(await Rate());
            await proofs.WithoutNotes();
            unsigned.Add(await Rate());
            await proofs.WithoutLeaves();
            bare.Add(await Rate());
            bench.Say($"{connections} connections: leaves and notes {all[^1]:N0}/s, leaves alone {unsigned[^1]:N0}/s, neither {bare[^1]:N0}/s");
        }

        var name = $"signing at {connections}";
        bench.Report.Add($"{name}: neither leaves nor notes", $"{bare.Median():N0}/s");
        bench.Report.Add($"{name}: leaves alone", $"{unsigned.Median():N0}/s");
        bench.Report.AtLeast($"{name}: leaves and notes", all.Median(), bare.Median(), Target, "/s");

        async Task<double> Rate() => (await ClosedLoop.Run(service, partnerships, connections, bench.Options.Duration)).Rate;
    }
}
