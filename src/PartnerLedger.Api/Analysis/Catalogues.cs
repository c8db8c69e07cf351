using PartnerLedger.Api.Factors;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>The catalogue of factors at each of its versions, read once.</summary>
internal sealed class Catalogues(EventStore store)
{
    // One for each version from 0. They share what did not change between them.
    private volatile Catalogue[] known = [Catalogue.Empty];

    /// <summary>The newest catalogue that was read; there may be a newer one.</summary>
    public Catalogue Newest => known[^1];

    public async ValueTask<Catalogue> At(long version, CancellationToken cancellationToken) =>
        version < known.Length ? known[version] : (await Read(cancellationToken))[version];

    public async Task<Catalogue> ReadNewest(CancellationToken cancellationToken) => (await Read(cancellationToken))[^1];

    private async Task<Catalogue[]> Read(CancellationToken cancellationToken)
    {
        var read = new List<Catalogue> { Catalogue.Empty };
        foreach (var recorded in await store.ReadStream(CatalogueStream.Id, cancellationToken))
        {
            read.Add(Catalogue.Fold(read[^1], EventVocabulary.Catalogue.Read(recorded.Type, recorded.Data)));
        }

        return known = [.. read];
    }
}
