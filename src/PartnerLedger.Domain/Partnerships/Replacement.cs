using System.Text.Json.Serialization;
using PartnerLedger.Domain.Factors;

namespace PartnerLedger.Domain.Partnerships;

/// <summary>What a correction changes of an event: a member left out stays as it stands, null clears an optional one.</summary>
public sealed record Replacement
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<IReadOnlyList<Partner>> Partners { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<bool> SectorsComplete { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<IReadOnlyList<string>> Regions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<FreeText> Purpose { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<FreeText> Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<FreeText> Note { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Factor { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<Polarity> Polarity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Topic { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<Guid> Informant { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> InformantRegion { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<PartialDate> OccurredOn { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<Sector> Sector { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Country { get; init; }

    /// <summary>The members it names, as they are called in JSON, and whether they are to be cleared.</summary>
    public IEnumerable<(string Member, bool Clears)> Named()
    {
        IEnumerable<(string Member, IOptional Value)> members =
        [
            ("name", Name), ("partners", Partners), ("sectorsComplete", SectorsComplete), ("regions", Regions), ("purpose", Purpose),
            ("reason", Reason), ("note", Note), ("factor", Factor), ("polarity", Polarity), ("topic", Topic),
            ("informant", Informant), ("informantRegion", InformantRegion), ("occurredOn", OccurredOn), ("sector", Sector), ("country", Country),
        ];
        return members.Where(member => member.Value.IsNamed).Select(member => (member.Member, member.Value.IsNull));
    }
}
