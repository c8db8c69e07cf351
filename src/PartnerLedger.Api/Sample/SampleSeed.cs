using System.IO.Pipelines;
using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Imports;
using PartnerLedger.Api.Operations;
using PartnerLedger.Domain.Factors;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Sample;

/// <summary>Fills a new ledger with 255 made-up partnerships, where <c>--seed sample</c> asks for them: a file like any other, imported like any other.</summary>
internal sealed class SampleSeed(Importer importer, ImportMover mover, ImportRuns runs, EventStore store, Standing standing, AppendQueue queue, TimeProvider clock)
{
    private const string Option = "--seed";
    private const string Name = "sample";
    private const string Key = "seed-sample";

    public static bool IsAskedFor(string[] args)
    {
        var at = Array.FindIndex(args, arg => arg == Option || arg.StartsWith($"{Option}=", StringComparison.Ordinal));
        if (at < 0)
        {
            return false;
        }

        var asked = args[at] == Option ? args.ElementAtOrDefault(at + 1) : args[at][(Option.Length + 1)..];
        return asked == Name ? true : throw new StartRefusedException($"There is one set to seed a ledger with: {Option} {Name}.");
    }

    /// <summary>Returns once the partnerships are in the ledger; of several nodes that start together, one imports them.</summary>
    public async Task Sow(CancellationToken cancellationToken)
    {
        if (await store.ReadHead(cancellationToken) > StarterCatalogue.Events.Count)
        {
            throw new StartRefusedException($"The ledger is not empty, and {Option} {Name} only fills a new one: start without it.");
        }

        await standing.Look(cancellationToken);
        if (standing.Refusal is { } refusal)
        {
            throw Unfit(refusal);
        }

        await StarterCatalogueSeed.Sow(queue, clock, cancellationToken);
        await using var file = typeof(SampleSeed).Assembly.GetManifestResourceStream("sample.ndjson")!;
        var lines = NdjsonLines.Read(PipeReader.Create(file), cancellationToken);
        var run = await importer.Take(lines, StarterCatalogueSeed.Service, Key, cancellationToken) switch
        {
            ImportOutcome.Accepted accepted => accepted.Run,
            ImportOutcome.Known known => known.Run,
            ImportOutcome.Checked { Report.Faults: [var fault, ..] } => throw Unfit($"line {fault.Line}: {fault.Member} {fault.Reason}"),
            var other => throw new InvalidOperationException($"There is no start for {other}."),
        };
        await mover.MoveAll(cancellationToken);
        if (await runs.Find(run.Id, cancellationToken) is { Reason: { } reason })
        {
            throw Unfit(reason);
        }

        Console.WriteLine($"The ledger was filled with {run.Streams} made-up partnerships.");
    }

    private static StartRefusedException Unfit(string reason) => new($"The sample set does not fit this ledger ({reason.TrimEnd('.')}): start without {Option} {Name}.");
}
