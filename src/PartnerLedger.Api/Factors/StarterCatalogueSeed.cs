using PartnerLedger.Api.Commands;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Factors;

/// <summary>Gives a new ledger the starter catalogue as its first events.</summary>
internal static class StarterCatalogueSeed
{
    /// <summary>Nobody in particular: the service itself.</summary>
    public static readonly EventMetadata Service = new(new Guid("00000000-0000-4000-8000-0000000001ed"), null, null);

    /// <summary>Does nothing where there is a catalogue; of several nodes that start together, one sows.</summary>
    public static Task Sow(AppendQueue queue, TimeProvider clock, CancellationToken cancellationToken) => queue.Submit(
        new StreamCommand
        {
            StreamType = CatalogueStream.Type,
            StreamId = CatalogueStream.Id,
            Metadata = Service,
            Decide = (state, _) => state.Value is Catalogue
                ? new Proposal.Refuse("The ledger has a catalogue already.")
                : Decision<ICatalogueEvent>.Accepted([.. StarterCatalogue.Events]).Propose(
                    (Catalogue?)null, Catalogue.Fold, EventVocabulary.Catalogue, new FreeTexts(), clock, _ => "", rejection => rejection.ToProblem()),
        },
        cancellationToken);
}
