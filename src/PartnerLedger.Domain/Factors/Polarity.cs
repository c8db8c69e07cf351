using System.Text.Json.Serialization;
using PartnerLedger.Domain.Json;

namespace PartnerLedger.Domain.Factors;

/// <summary>Whether a factor speaks against a partnership or for it.</summary>
[JsonConverter(typeof(WordConverter<Polarity>))]
public enum Polarity
{
    Negative,
    Success,
}
