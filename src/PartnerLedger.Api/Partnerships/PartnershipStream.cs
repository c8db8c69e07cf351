using PartnerLedger.Api.Factors;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships;

/// <summary>The streams in which partnerships live, one each.</summary>
internal static class PartnershipStream
{
    private const string Name = "partnership";
    private static readonly object Foreign = new();
    private static readonly Func<string, string, IPartnershipEvent> Read = EventVocabulary.Partnership.Read;

    public static readonly StreamType Type = new(Name, (state, recorded) => recorded.StreamType switch
    {
        Name => Fold((Partnership?)state, recorded),
        // A path may name the id of another kind of stream. Its state is remembered by that id, so it is kept as what it is.
        CatalogueStream.Name => CatalogueStream.Type.Fold(state, recorded),
        _ => Foreign,
    });

    public static Partnership Fold(Partnership? state, RecordedEvent recorded) =>
        recorded.StateAfter as Partnership ?? Partnership.Fold(state, recorded.Read(Read));
}
