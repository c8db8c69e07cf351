using System.Text.Json.Serialization;
using PartnerLedger.Domain.Json;

namespace PartnerLedger.Domain.Partnerships;

/// <summary>The part of society a partner belongs to.</summary>
[JsonConverter(typeof(WordConverter<Sector>))]
public enum Sector
{
    Nonprofit,
    Industry,
    Government,
}
