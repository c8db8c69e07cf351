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
/// Decides on a file's lines, each on its partnership as the lines before left it, by the rules of the commands themselves. Different partnerships
/// are decided on beside each other. What is wrong goes to the report, in the order of the lines; after a line with faults the others of its
/// partnership are judged as far as they can be.
/// </summary>
internal sealed class ImportCheck(FilePartnerships partnerships, ImportedPeople people, Catalogue catalogue, RequestRules rules, TimeProvider clock, ImportReport report)
{
    // A partnership is moved whole, and this many take a fraction of the time for which the head may be held.
    private const int MostEvents = 5_000;

    private const string Because = "/command";

    private volatile bool namesFactors;

    /// <summary>Whether a decision rests on the catalogue.</summary>
    public bool NamesFactors => namesFactors;

    /// <summary>The next lines of the file, and what became of each.</summary>
    public async ValueTask<IReadOnlyList<JudgedLine>> Accept(IReadOnlyList<ImportLine> lines, CancellationToken cancellationToken)
    {
        var judged = lines.Select(line => new JudgedLine(line)).ToList();
        foreach (var line in judged)
        {
            await Find(line, cancellationToken);
        }

        Parallel.ForEach(
            judged.Where(line => line.Partnership is not null).GroupBy(line => line.Partnership!).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            Decide);
        partnerships.ParkOldest();
        judged.ForEach(report.Add);
        return judged;
    }

    // What lines have in common: the numbers of partnerships, and the ids of informants, in the order of the lines.
    private async ValueTask Find(JudgedLine judged, CancellationToken cancellationToken)
    {
        if (judged.Line.Reference is null)
        {
            return;
        }

        judged.Partnership = await partnerships.Find(judged, report, cancellationToken);
        if (judged.Partnership is not null && judged.Line.Command is { } command)
        {
            judged.Given = new(command.Informant is { } word ? people.Stand(word) : null, PartialDate.Of(rules.Today));
        }
    }

    private void Decide(IEnumerable<JudgedLine> ofOne)
    {
        foreach (var judged in ofOne)
        {
            var (line, partnership) = (judged.Line, judged.Partnership!);
            if (line.Command is { } command && Decide(judged, partnership, command, judged.Given) is { } append)
            {
                Keep(judged, partnership, append);
            }
            else
            {
                partnership.Doubt(line.Traits, isMalformed: line.Faults.Count > 0);
            }
        }
    }

    private Proposal.Append? Decide(JudgedLine judged, ImportedPartnership partnership, LineCommand command, Given given)
    {
        var traits = judged.Line.Traits;
        if (command.Open is { } open)
        {
            var opening = open(given);
            return partnership.IsUnsure(traits) ? null : Accepted(judged, opening.Decision, null, opening.Texts);
        }

        var change = command.Change!(given);
        if (change.Unknown(catalogue) is { } errors)
        {
            Refuse(judged, errors);
            return null;
        }

        if (change.Codes.Count > 0)
        {
            namesFactors = true;
        }

        return partnership.State is not { } state || partnership.IsUnsure(traits)
            ? null
            : Accepted(judged, change.Decide(state, catalogue), state, change.Texts);
    }

    private Proposal.Append? Accepted(JudgedLine judged, Decision<IPartnershipEvent> decision, Partnership? state, FreeTexts texts)
    {
        var proposal = decision.Propose(
            state, Partnership.Fold, EventVocabulary.Partnership, texts, clock, _ => "", rejection => rejection.ToProblem());
        switch (proposal)
        {
            case Proposal.Append append:
                return append;
            case Proposal.Refuse { Reason: Problem { Errors: { } errors } }:
                Refuse(judged, errors);
                return null;
            case Proposal.Refuse { Reason: Problem problem }:
                judged.Refuse(Because, problem.Detail);
                return null;
            default:
                throw new InvalidOperationException($"There is no report for {proposal}.");
        }
    }

    private static void Keep(JudgedLine judged, ImportedPartnership partnership, Proposal.Append append)
    {
        judged.Accept(partnership.State?.Version ?? 0, append.Events);
        partnership.Take(append);
        if (partnership.Events > MostEvents && partnership.Events - append.Events.Count <= MostEvents)
        {
            judged.Refuse(Because, $"A partnership may have at most {MostEvents} events in one import.");
        }
    }

    private static void Refuse(JudgedLine judged, Errors errors)
    {
        foreach (var (pointer, message) in errors.All)
        {
            judged.Refuse("/body" + pointer, message);
        }
    }
}
