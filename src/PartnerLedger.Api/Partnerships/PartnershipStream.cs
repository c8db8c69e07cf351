using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships;

/// <summary>The streams in which partnerships live, one each.</summary>
internal static class PartnershipStream
{
    public static readonly StreamType Type = new("partnership", (state, recorded) => Fold((Partnership?)state, recorded));

    public static Partnership Fold(Partnership? state, RecordedEvent recorded) =>
        Partnership.Fold(state, EventVocabulary.Partnership.Read(recorded.Type, recorded.Data));
}
