using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships;

using Decision = Decision<IPartnershipEvent>;

/// <summary>What the commands on partnerships share: a decision on the partnership's state goes in, an answer comes out.</summary>
internal sealed class PartnershipCommands(CommandRunner runner, TimeProvider clock)
{
    /// <summary>Begins a partnership.</summary>
    public Task<IResult> Open(HttpContext http, ReadOnlyMemory<byte> body, FreeTexts texts, Decision opening)
    {
        var target = new CommandTarget(PartnershipStream.Type, Guid.CreateVersion7(clock.GetUtcNow()), IsNew: true);
        return runner.Run(http, body, target, (state, _) => Propose(opening, (Partnership?)state.Value, texts), remembered =>
        {
            var answer = Answer(remembered);
            return TypedResults.Created($"/api/partnerships/{answer.Id}", answer);
        });
    }

    /// <summary>Changes a partnership that exists.</summary>
    public Task<IResult> Change(HttpContext http, Guid id, ReadOnlyMemory<byte> body, FreeTexts texts, Func<Partnership, Decision> decide) =>
        runner.Run(http, body, new CommandTarget(PartnershipStream.Type, id),
            (state, _) => state.Value is Partnership partnership ? Propose(decide(partnership), partnership, texts) : Missing(id),
            remembered => TypedResults.Ok(Answer(remembered)));

    /// <summary>Changes a partnership by a decision that rests on the catalogue; an unknown code is told before anything else.</summary>
    public Task<IResult> ChangeByCatalogue(
        HttpContext http, Guid id, ReadOnlyMemory<byte> body, FreeTexts texts, IReadOnlyList<(string Pointer, string Code)> codes,
        Func<Partnership, Catalogue, Decision> decide) =>
        runner.Run(http, body, new CommandTarget(PartnershipStream.Type, id, Basis: (CatalogueStream.Type, CatalogueStream.Id)),
            (state, basis) =>
            {
                var catalogue = (Catalogue?)basis.Value ?? Catalogue.Empty;
                var errors = new Errors();
                foreach (var (pointer, code) in codes.Where(c => !catalogue.Factors.ContainsKey(c.Code)))
                {
                    errors.Add(pointer, $"There is no factor {code} in the catalogue.");
                }

                return errors.Any ? new Proposal.Refuse(Problems.Invalid(errors))
                    : state.Value is Partnership partnership ? Propose(decide(partnership, catalogue), partnership, texts)
                    : Missing(id);
            },
            remembered => TypedResults.Ok(Answer(remembered)));

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
