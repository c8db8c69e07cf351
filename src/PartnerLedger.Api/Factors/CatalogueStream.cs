using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Factors;

/// <summary>The one stream in which the catalogue of factors lives.</summary>
internal static class CatalogueStream
{
    public const string Name = "catalogue";

    public static readonly Guid Id = new("0190a000-0000-7000-8000-00000ca7a106");

    public static readonly StreamType Type = new(Name, (state, recorded) =>
        Catalogue.Fold((Catalogue?)state, EventVocabulary.Catalogue.Read(recorded.Type, recorded.Data)));

    /// <summary>The catalogue as it was at a position.</summary>
    public static async Task<Catalogue> ReadCatalogue(this EventStore store, CancellationToken cancellationToken, long toPosition = long.MaxValue) =>
        (await store.ReadStream(Id, cancellationToken, toPosition: toPosition))
            .Aggregate(Catalogue.Empty, (catalogue, e) => Catalogue.Fold(catalogue, EventVocabulary.Catalogue.Read(e.Type, e.Data)));
}
