using PartnerLedger.Api.Partnerships;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Imports;

/// <summary>The partnerships of a file, by what it calls them: those that it opens, and those that exist at the version it states.</summary>
internal sealed class FilePartnerships(EventStore store, TimeProvider clock)
{
    // All that exist are changed in one transaction, which may hold the head only so long.
    private const int MostExisting = 1_000;

    // Files mostly speak of one partnership after the other.
    private const int MostFolded = 1_024;

    private readonly Queue<ImportedPartnership> folded = new();
    private readonly Dictionary<string, ImportedPartnership> known = new(StringComparer.Ordinal);
    private long opened;
    private long existing;

    /// <summary>The partnership that a line names; null where the line cannot be about one, which goes to the report.</summary>
    public async ValueTask<ImportedPartnership?> Find(JudgedLine judged, ImportReport report, CancellationToken cancellationToken)
    {
        var line = judged.Line;
        var reference = line.Reference!;
        var isKnown = known.TryGetValue(reference, out var partnership);
        if (line.Traits.HasFlag(CommandTraits.Opens))
        {
            return Open(judged, report, reference, isKnown);
        }

        if (!isKnown)
        {
            report.Partnerships++;
            known.Add(reference, partnership = await Expect(judged, cancellationToken));
        }
        else if (line.Version is { } stated && stated != partnership!.Stated)
        {
            judged.Refuse("/version", partnership.Stated is null
                ? "Is for partnerships that exist: this one is opened by the file."
                : "Is not what an earlier line states; the first line of a partnership says at which version the file expects it.");
            return null;
        }

        return Folded(partnership!);
    }

    /// <summary>Keeps no more states at hand than a file needs, once all lines are decided on whose partnerships were found.</summary>
    public void ParkOldest()
    {
        while (folded.Count > MostFolded)
        {
            folded.Dequeue().Park();
        }
    }

    private ImportedPartnership Folded(ImportedPartnership partnership)
    {
        if (!partnership.IsAtHand)
        {
            partnership.IsAtHand = true;
            folded.Enqueue(partnership);
        }

        return partnership;
    }

    private ImportedPartnership? Open(JudgedLine judged, ImportReport report, string reference, bool isKnown)
    {
        if (isKnown)
        {
            judged.Refuse("/partnership", "An earlier line speaks of it already.");
            return null;
        }

        report.Partnerships++;
        var partnership = new ImportedPartnership(++opened, Guid.CreateVersion7(clock.GetUtcNow()), null);
        known.Add(reference, partnership);
        if (judged.Line.Version is not null)
        {
            judged.Refuse("/version", "Is for partnerships that exist: this line opens one.");
            partnership.DoubtAll();
        }

        return Folded(partnership);
    }

    private async Task<ImportedPartnership> Expect(JudgedLine judged, CancellationToken cancellationToken)
    {
        var line = judged.Line;
        if (!Guid.TryParseExact(line.Reference, "D", out var id))
        {
            return Doubtful("/partnership", "No line before this one opens it; a partnership that exists is named by its id.");
        }

        if (line.Version is not { } stated)
        {
            return Doubtful("/version", "Is required with the first line of a partnership that exists.");
        }

        if (existing == MostExisting)
        {
            return Doubtful("/partnership", $"An import may change at most {MostExisting} partnerships that exist.");
        }

        var events = await store.ReadStream(id, cancellationToken);
        if (events.Count == 0 || events[0].StreamType != PartnershipStream.Type.Name)
        {
            return Doubtful("/partnership", $"There is no partnership {id}.");
        }

        if (events.Count != stated)
        {
            return Doubtful("/version", $"The partnership is at version {events.Count}.");
        }

        // From below 0 up to 0, in the order in which the file names them.
        return ImportedPartnership.Existing(++existing - MostExisting, id, events.Aggregate((Partnership?)null, PartnershipStream.Fold)!);

        ImportedPartnership Doubtful(string member, string reason)
        {
            judged.Refuse(member, reason);
            var partnership = new ImportedPartnership(0, id, line.Version);
            partnership.DoubtAll();
            return partnership;
        }
    }
}
