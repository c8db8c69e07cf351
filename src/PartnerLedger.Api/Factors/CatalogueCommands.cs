using PartnerLedger.Api.Commands;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Factors;

/// <summary>What the commands on the catalogue share.</summary>
internal sealed class CatalogueCommands(CommandRunner runner, TimeProvider clock)
{
    /// <summary>Changes the catalogue; the answer is the factor's code with the catalogue's version and position.</summary>
    public Task<IResult> Change(
        HttpContext http, ReadOnlyMemory<byte> body, string code, Func<Catalogue, Decision<ICatalogueEvent>> decide, bool created) =>
        runner.Run(http, body, new CommandTarget(CatalogueStream.Type, CatalogueStream.Id),
            (state, _) =>
            {
                var catalogue = (Catalogue?)state.Value;
                return decide(catalogue ?? Catalogue.Empty).Propose(
                    catalogue, Catalogue.Fold, EventVocabulary.Catalogue, new FreeTexts(), clock, _ => code, rejection => rejection.ToProblem());
            },
            remembered =>
            {
                var answer = new Answer(remembered.Answer, remembered.Version, remembered.Position);
                return created ? TypedResults.Created($"/api/factors/{answer.Code}", answer) : TypedResults.Ok(answer);
            });

    /// <summary>What an accepted change of the catalogue answers: the catalogue's version, and the place of the change in the ledger.</summary>
    internal sealed record Answer(string Code, long Version, long Position);
}
