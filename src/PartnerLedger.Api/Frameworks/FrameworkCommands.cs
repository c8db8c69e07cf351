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
            (state, basis) => Unknown(request, (Catalogue?)basis.Value ?? Catalogue.Empty) is { Any: true } errors
                ? new Proposal.Refuse(Problems.Invalid(errors))
                : Propose((Framework?)state.Value, code, texts, decide),
            remembered => created ? TypedResults.Created($"/api/frameworks/{remembered.Answer}", Answered(remembered)) : TypedResults.Ok(Answered(remembered)));

    /// <summary>Runs a command that rests on the framework alone.</summary>
    public Task<IResult> Run(
        HttpContext http, ReadOnlyMemory<byte> body, string code, FreeTexts texts, Func<Framework, Decision<IFrameworkEvent>> decide) =>
        runner.Run(http, body, new CommandTarget(FrameworkStream.Type, FrameworkStream.IdOf(code)),
            (state, _) => Propose((Framework?)state.Value, code, texts, decide), remembered => TypedResults.Ok(Answered(remembered)));

    private Proposal Propose(Framework? framework, string code, FreeTexts texts, Func<Framework, Decision<IFrameworkEvent>> decide) =>
        decide(framework ?? Framework.Undefined).Propose(
            framework, Framework.Fold, EventVocabulary.Framework, texts, clock, _ => code, rejection => rejection.ToProblem());

    private static Answer Answered(RememberedAnswer remembered) => new(remembered.Answer, remembered.Version, remembered.Position);

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
