using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Imports;

/// <summary>
/// Decides on a file's lines in their order, each on the partnership as those before it left it, by the rules of the commands themselves.
/// What is wrong goes to the report; after a line with faults the others of its partnership are judged as far as they can be.
/// </summary>
internal sealed class ImportCheck(FilePartnerships partnerships, ImportedPeople people, Catalogue catalogue, RequestRules rules, TimeProvider clock, ImportReport report)
{
    // A partnership is moved whole, and this many take a fraction of the time for which the head may be held.
    private const int MostEvents = 5_000;

    private const string Because = "/command";

    /// <summary>Whether a decision rests on the catalogue.</summary>
    public bool NamesFactors { get; private set; }

    /// <summary>The partnership and what happened to it by this line; null where nothing did, since there are faults.</summary>
    public async ValueTask<(ImportedPartnership Partnership, long Before, IReadOnlyList<NewEvent> Events)?> Accept(ImportLine line, CancellationToken cancellationToken)
    {
        report.Lines++;
        foreach (var (member, reason) in line.Faults)
        {
            report.Add(line.Raw, member, reason);
        }

        if (line.Reference is null)
        {
            return null;
        }

        var partnership = await partnerships.Find(line, report, cancellationToken);
        if (partnership is not null && line.Command is { } command && Decide(line, partnership, command) is { } append)
        {
            return Keep(line, partnership, append);
        }

        partnership?.Doubt(line.Traits, isMalformed: line.Faults.Count > 0);
        return null;
    }

    private Proposal.Append? Decide(ImportLine line, ImportedPartnership partnership, LineCommand command)
    {
        var given = new Given(command.Informant is { } word ? people.Stand(word) : null, PartialDate.Of(rules.Today));
        if (command.Open is { } open)
        {
            var opening = open(given);
            return partnership.IsUnsure(line.Traits) ? null : Accepted(line, opening.Decision, null, opening.Texts);
        }

        var change = command.Change!(given);
        if (change.Unknown(catalogue) is { } errors)
        {
            Refuse(line, errors);
            return null;
        }

        NamesFactors |= change.Codes.Count > 0;
        return partnership.State is not { } state || partnership.IsUnsure(line.Traits)
            ? null
            : Accepted(line, change.Decide(state, catalogue), state, change.Texts);
    }

    private Proposal.Append? Accepted(ImportLine line, Decision<IPartnershipEvent> decision, Partnership? state, FreeTexts texts)
    {
        var proposal = decision.Propose(
            state, Partnership.Fold, EventVocabulary.Partnership, texts, clock, _ => "", rejection => rejection.ToProblem());
        switch (proposal)
        {
            case Proposal.Append append:
                return append;
            case Proposal.Refuse { Reason: Problem { Errors: { } errors } }:
                Refuse(line, errors);
                return null;
            case Proposal.Refuse { Reason: Problem problem }:
                report.Add(line.Raw, Because, problem.Detail);
                return null;
            default:
                throw new InvalidOperationException($"There is no report for {proposal}.");
        }
    }

    private (ImportedPartnership, long, IReadOnlyList<NewEvent>)? Keep(ImportLine line, ImportedPartnership partnership, Proposal.Append append)
    {
        var before = partnership.State?.Version ?? 0;
        partnership.Take(append);
        report.Events += append.Events.Count;
        if (partnership.Events > MostEvents && partnership.Events - append.Events.Count <= MostEvents)
        {
            report.Add(line.Raw, Because, $"A partnership may have at most {MostEvents} events in one import.");
        }

        return (partnership, before, append.Events);
    }

    private void Refuse(ImportLine line, Errors errors)
    {
        foreach (var (pointer, message) in errors.All)
        {
            report.Add(line.Raw, "/body" + pointer, message);
        }
    }
}
