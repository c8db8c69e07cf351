using System.Text.Json.Serialization;
using PartnerLedger.Domain.Json;

namespace PartnerLedger.Domain.Partnerships;

/// <summary>Where a partnership is in its life.</summary>
[JsonConverter(typeof(WordConverter<PartnershipState>))]
public enum PartnershipState
{
    Unexplored,
    Proposed,
    Undeveloped,
    Active,
    Struggling,
    Failed,
    Successful,
    Ended,
}
