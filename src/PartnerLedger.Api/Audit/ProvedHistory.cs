using PartnerLedger.Api.Partnerships;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>A history that proves itself: with the last checkpoint note, and for each event what leads from it to the root that the note signs.</summary>
internal sealed record ProvedHistory(Guid Id, long Version, string Checkpoint, IReadOnlyList<ProvedEvent> Events)
{
    public static async Task<ProvedHistory> Of(
        IReadOnlyList<RecordedEvent> events, IReadOnlyList<HistoryEvent> told, string note, TreeStore trees, CancellationToken cancellationToken)
    {
        // A stream's positions rise with its versions: what is not signed yet stands at its end.
        var size = NoteStore.HeadOf(note).Size;
        var signed = events.Where(recorded => recorded.Position <= size).Select(recorded => InclusionProof.Path(recorded.Position - 1, size));
        var paths = await trees.Hashes([.. signed], cancellationToken);
        return new(
            events[0].StreamId,
            events[^1].Version,
            note,
            [.. events.Select((recorded, index) => ProvedEvent.Of(told[index], EventLine.Text(recorded), paths.ElementAtOrDefault(index)))]);
    }
}
