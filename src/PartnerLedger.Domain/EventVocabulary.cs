using System.Collections.Frozen;
using System.Text.Json;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.Domain.Json;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain;

/// <summary>The names of a stream's events, and how they are written and read.</summary>
public sealed class EventVocabulary<TEvent>
    where TEvent : class
{
    private readonly FrozenDictionary<string, Type> types;
    private readonly FrozenDictionary<Type, string> names;

    internal EventVocabulary(params IReadOnlyList<Type> types)
    {
        Names = [.. types.Select(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name))];
        this.types = types.Zip(Names).ToFrozenDictionary(pair => pair.Second, pair => pair.First, StringComparer.Ordinal);
        names = this.types.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }

    public IReadOnlyList<string> Names { get; }

    public Type? TypeOf(string name) => types.GetValueOrDefault(name);

    public string NameOf(TEvent e) => names[e.GetType()];

    public string Write(TEvent e) => JsonSerializer.Serialize(e, e.GetType(), DomainJson.Options);

    public byte[] WriteUtf8(TEvent e) => JsonSerializer.SerializeToUtf8Bytes(e, e.GetType(), DomainJson.Options);

    public TEvent Read(string name, string data) => (TEvent)JsonSerializer.Deserialize(data, Known(name), DomainJson.Options)!;

    public TEvent Read(string name, ReadOnlySpan<byte> data) => (TEvent)JsonSerializer.Deserialize(data, Known(name), DomainJson.Options)!;

    private Type Known(string name) => TypeOf(name) ?? throw new JsonException($"There is no event '{name}' in this vocabulary.");
}

/// <summary>The three vocabularies of the ledger.</summary>
public static class EventVocabulary
{
    public static readonly EventVocabulary<IPartnershipEvent> Partnership = new(
        typeof(PartnershipUnexplored),
        typeof(PartnershipUndeveloped),
        typeof(PartnershipProposed),
        typeof(PartnershipActive),
        typeof(PartnershipStruggling),
        typeof(PartnershipFailed),
        typeof(PartnershipSuccessful),
        typeof(PartnershipEnded),
        typeof(FactorNoted),
        typeof(PartnerJoined),
        typeof(PartnerLeft),
        typeof(PartnershipRenamed),
        typeof(RegionsChanged),
        typeof(EventCorrected),
        typeof(EventWithdrawn),
        typeof(TextErased));

    public static readonly EventVocabulary<ICatalogueEvent> Catalogue = new(typeof(FactorDefined), typeof(FactorRevised));

    public static readonly EventVocabulary<IFrameworkEvent> Framework = new(typeof(FrameworkDefined), typeof(FrameworkRevised), typeof(TextErased));
}
