using Microsoft.Extensions.Logging.Abstractions;
using PartnerLedger.EventSourcing.Imports;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Imports;

/// <summary>Imports of tallies: some new, some that exist.</summary>
internal static class StagedTallies
{
    public static readonly EventMetadata Metadata = new(Guid.CreateVersion7(), "0af7651916cd43dd8448eb211c80319c", null);

    /// <summary>Stages so many new streams of so many events each, and a further event of each stream that exists.</summary>
    public static async Task<ImportRun> Stage(
        this Ledger ledger, int streams, int events, IReadOnlyList<(Guid Id, long Version)>? existing = null, (Guid Id, long Version)? basis = null)
    {
        await using var stage = await ImportStage.Open(ledger.Serving, Guid.CreateVersion7(), default);
        existing ??= [];
        for (var i = 0; i < existing.Count; i++)
        {
            await stage.Add(i + 1 - existing.Count, existing[i].Id, existing[i].Version + 1, Tally.Event("""{"n":7}"""), default);
        }

        var ids = Enumerable.Range(0, streams).Select(_ => Tally.NewId()).ToList();
        for (var version = 1; version <= events; version++)
        {
            for (var s = 0; s < streams; s++)
            {
                var added = Tally.Event($$"""{"n":{{s}}}""") with { Texts = version == 2 ? [new("/note", new byte[32], $"text {s}")] : [] };
                await stage.Add(s + 1, ids[s], version, added, default);
            }
        }

        var run = new ImportRun
        {
            Id = stage.Id,
            Metadata = Metadata,
            Key = null,
            StreamType = Tally.Type.Name,
            Basis = basis,
            Lines = streams * events,
            Streams = streams + existing.Count,
            Events = (streams * events) + existing.Count,
        };
        Assert.True(await stage.Complete(run, await ImportedPeople.Read(ledger.Serving, default), default));
        return run;
    }

    public static ImportMover Mover(this Ledger ledger, Node node, int firstChunk = 1_000) => new(
        node.Database, new ImportRuns(ledger.Serving), new ImportOptions { FirstChunk = firstChunk }, node.Queue, NullLogger<ImportMover>.Instance);

    public static async Task<ImportRun> Find(this Ledger ledger, ImportRun run) => (await new ImportRuns(ledger.Serving).Find(run.Id, default))!;
}
