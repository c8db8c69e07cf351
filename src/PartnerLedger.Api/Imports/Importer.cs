using System.Security.Cryptography;
using Npgsql;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Imports;

/// <summary>
/// Takes files of commands: checks them whole, line by line as they come, and stages what they come to; <see cref="ImportRunner"/> then moves it
/// into the ledger. A start-up seed calls <see cref="Take"/> with a key of its own, which is imported once however often the service starts.
/// </summary>
internal sealed class Importer(
    NpgsqlDataSource database, EventStore store, ImportRuns runs, ImportReader reader, ImportRunner runner, RequestRules rules, TimeProvider clock)
{
    /// <summary>Checks a file and, unless it has faults or is only to be checked, stages it to be moved into the ledger.</summary>
    /// <param name="file">Its lines.</param>
    /// <param name="metadata">On whose account it is imported; null only checks it.</param>
    /// <param name="key">A key under which the import is remembered.</param>
    public async Task<ImportOutcome> Take(IAsyncEnumerable<RawLine[]> file, EventMetadata? metadata, string? key, CancellationToken cancellationToken)
    {
        var known = metadata is null || key is null ? null : await runs.Find(metadata.Actor, key, cancellationToken);
        var catalogue = await store.ReadCatalogue(cancellationToken);
        var people = await ImportedPeople.Read(database, cancellationToken);
        var report = new ImportReport();
        var check = new ImportCheck(new FilePartnerships(store, clock), people, catalogue, rules, clock, report);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stage = metadata is null || known is not null
            ? null
            : await ImportStage.Open(database, Guid.CreateVersion7(clock.GetUtcNow()), cancellationToken);

        await foreach (var lines in reader.Read(file, cancellationToken))
        {
            foreach (var line in lines)
            {
                digest.AppendData(line.Canonical.Span);
                digest.AppendData("\n"u8);
            }

            foreach (var judged in await check.Accept(lines, cancellationToken))
            {
                if (stage is not null && report.FaultyLines == 0)
                {
                    await Stage(stage, judged, cancellationToken);
                }
            }
        }

        var content = digest.GetHashAndReset();
        if (known is not null)
        {
            return Recognise(known, content) ?? (report.FaultyLines > 0 ? new ImportOutcome.Checked(report) : new ImportOutcome.KeyReused());
        }

        if (report.Lines == 0)
        {
            report.Add(new RawLine(null, 1, default), "", "The file has no command.");
        }

        if (stage is null || report.FaultyLines > 0)
        {
            return new ImportOutcome.Checked(report);
        }

        var run = new ImportRun
        {
            Id = stage.Id,
            Metadata = metadata!,
            Key = key is null ? null : ImportFingerprint.Remember(key, content),
            StreamType = PartnershipStream.Type.Name,
            Basis = check.NamesFactors ? (CatalogueStream.Id, catalogue.Version) : null,
            Lines = report.Lines,
            Streams = report.Partnerships,
            Events = report.Events,
        };
        if (await stage.Complete(run, people, cancellationToken))
        {
            runner.Wake();
            return new ImportOutcome.Accepted((await runs.Find(run.Id, cancellationToken))!);
        }

        var faster = await runs.Find(metadata!.Actor, key!, cancellationToken);
        return (faster is null ? null : Recognise(faster, content)) ?? new ImportOutcome.KeyReused();
    }

    private static async ValueTask Stage(ImportStage stage, JudgedLine judged, CancellationToken cancellationToken)
    {
        for (var i = 0; i < judged.Events.Count; i++)
        {
            await stage.Add(judged.Partnership!.Number, judged.Partnership.Id, judged.Before + i + 1, judged.Events[i], cancellationToken);
        }
    }

    private static ImportOutcome? Recognise(ImportRun known, byte[] content) =>
        ImportFingerprint.Matches(known, content) ? new ImportOutcome.Known(known) : null;
}
