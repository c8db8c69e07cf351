using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Frameworks;

/// <summary>What the commands on frameworks share.</summary>
internal sealed class FrameworkCommands(CommandRunner runner, TimeProvider clock)
{
    /// <summary>Defines or revises a framework, whose factors the catalogue must know; an unknown one is told before anything else.</summary>
    public Task<IResult> Change(
        HttpContext http, ReadOnlyMemory<byte> body, string code, FrameworkRequest request, FreeTexts texts,
        Func<Framework, Decision<IFrameworkEvent>> decide, bool created) =>
        runner.Run(http, body, new CommandTarget(FrameworkStream.Type, FrameworkStream.IdOf(code), Basis: (CatalogueStream.Type, CatalogueStream.Id)),
            (state, basis) =>
            {
                var framework = (Framework?)state.Value;
                return Unknown(request, (Catalogue?)basis.Value ?? Catalogue.Empty) is { Any: true } errors
                    ? new Proposal.Refuse(Problems.Invalid(errors))
                    : decide(framework ?? Framework.Undefined).Propose(
                        framework, Framework.Fold, EventVocabulary.Framework, texts, clock, _ => code, rejection => rejection.ToProblem());
            },
            remembered =>
            {
                var answer = new Answer(remembered.Answer, remembered.Version, remembered.Position);
                return created ? TypedResults.Created($"/api/frameworks/{answer.Code}", answer) : TypedResults.Ok(answer);
            });

    private static Errors Unknown(FrameworkRequest request, Catalogue catalogue)
    {
        var errors = new Errors();
        for (var i = 0; i < request.Factors.Count; i++)
        {
            if (!catalogue.Factors.ContainsKey(request.Factors[i].Factor))
            {
                errors.Add($"/factors/{i}/factor", $"There is no factor {request.Factors[i].Factor} in the catalogue.");
            }
        }

        return errors;
    }

    /// <summary>What an accepted change answers: the framework's version, and the place of the change in the ledger.</summary>
    internal sealed record Answer(string Code, long Version, long Position);
}
