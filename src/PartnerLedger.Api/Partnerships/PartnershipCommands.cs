using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships;

using Decision = Decision<IPartnershipEvent>;

/// <summary>What the commands on partnerships share: a request goes in, is decided on the partnership's state, and an answer comes out.</summary>
internal sealed class PartnershipCommands(CommandRunner runner, People people, RequestRules rules, TimeProvider clock)
{
    /// <summary>Begins a partnership.</summary>
    public async Task<IResult> Open<T>(HttpContext http, Body<T> body, Func<T, Given, PartnershipOpening> toOpening)
        where T : class, IValidated
    {
        var informant = await Informant(body.Value, http);
        var (texts, opening) = toOpening(body.Value, Give(informant));
        var target = new CommandTarget(PartnershipStream.Type, Guid.CreateVersion7(clock.GetUtcNow()), IsNew: true);
        return await runner.Run(http, body.Canonical, target, (state, _) => Propose(opening, (Partnership?)state.Value, texts), remembered =>
        {
            var answer = Answer(remembered);
            return TypedResults.Created($"/api/partnerships/{answer.Id}", answer);
        }, Told(informant, () => Open(http, body, toOpening)));
    }

    /// <summary>Changes a partnership that exists; a code that the catalogue does not know is told before anything else.</summary>
    public async Task<IResult> Change<T>(HttpContext http, Guid id, Body<T> body, Func<T, Given, PartnershipCommand> toCommand)
        where T : class, IValidated
    {
        var informant = await Informant(body.Value, http);
        var command = toCommand(body.Value, Give(informant));
        return await runner.Run(
            http, body.Canonical,
            new CommandTarget(PartnershipStream.Type, id, Basis: command.Codes.Count > 0 ? (CatalogueStream.Type, CatalogueStream.Id) : null),
            (state, basis) =>
            {
                var catalogue = (Catalogue?)basis.Value ?? Catalogue.Empty;
                return command.Unknown(catalogue) is { } errors ? new Proposal.Refuse(Problems.Invalid(errors))
                    : state.Value is Partnership partnership ? Propose(command.Decide(partnership, catalogue), partnership, command.Texts)
                    : Missing(id);
            },
            remembered => TypedResults.Ok(Answer(remembered)),
            Told(informant, () => Change(http, id, body, toCommand)));
    }

    private async ValueTask<Informant?> Informant(object request, HttpContext http) =>
        request is IInformedRequest { Informant: { } word } ? await people.Informant(word, http.RequestAborted) : null;

    private Given Give(Informant? informant) => new(informant?.Id, PartialDate.Of(rules.Today));

    private static ToldBy? Told(Informant? informant, Func<Task<IResult>> again) => informant is null ? null : new(informant, again);

    private static Proposal.Refuse Missing(Guid id) => new(Problems.NotFound.Because($"There is no partnership {id}."));

    private static CommandAnswer Answer(RememberedAnswer remembered) =>
        new(remembered.StreamId, remembered.Version, remembered.Position, remembered.Answer);

    private Proposal Propose(Decision decision, Partnership? partnership, FreeTexts texts) =>
        decision.Propose(partnership, Partnership.Fold, EventVocabulary.Partnership, texts, clock,
            after => after.State.ToWord(), rejection => Refuse(rejection, partnership));

    private static Problem Refuse(Rejection rejection, Partnership? partnership)
    {
        var problem = rejection.ToProblem();
        if (rejection.Kind == RejectionKind.Conflict && partnership is not null)
        {
            problem.With("state", partnership.State).With("allowed", Lifecycle.Allowed(partnership.State));
            if (rejection.ConflictsWith is { } version)
            {
                problem.With("conflictsWith", version);
            }
        }

        return problem;
    }
}
