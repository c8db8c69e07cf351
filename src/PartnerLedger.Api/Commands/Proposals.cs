using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Commands;

/// <summary>Turns a decision of the domain into what the ledger's queue appends or refuses.</summary>
internal static class Proposals
{
    // The line of a leaf has at most 65,535 bytes; what surrounds the data takes fewer than 600 of them.
    private const int LongestData = 65_535 - 600;

    public static Proposal Propose<TState, TEvent>(
        this Decision<TEvent> decision, TState? state, Func<TState?, TEvent, TState> fold, EventVocabulary<TEvent> vocabulary,
        FreeTexts texts, TimeProvider clock, Func<TState, string> answer, Func<Rejection, Problem> refuse)
        where TState : class
        where TEvent : class
    {
        if (!decision.IsAccepted)
        {
            return new Proposal.Refuse(refuse(decision.Rejection));
        }

        var events = new List<NewEvent>(decision.Events.Count);
        foreach (var e in decision.Events)
        {
            var bytes = CanonicalJson.ToBytes(vocabulary.WriteUtf8(e));
            if (bytes.Length > LongestData)
            {
                return new Proposal.Refuse(Problems.Invalid("", $"Comes to {bytes.Length} bytes as an event; one may have {LongestData}."));
            }

            var data = System.Text.Encoding.UTF8.GetString(bytes);
            events.Add(new NewEvent(Guid.CreateVersion7(clock.GetUtcNow()), vocabulary.NameOf(e), data, texts.Of(data), e));
            state = fold(state, e);
        }

        return new Proposal.Append(events, state!, answer(state!));
    }

    /// <summary>A rejection of the domain as the problem that clients know.</summary>
    public static Problem ToProblem(this Rejection rejection) => rejection.Kind switch
    {
        RejectionKind.Invalid => Problems.Invalid(rejection.Pointer ?? "", rejection.Detail),
        RejectionKind.NotFound => Problems.NotFound.Because(rejection.Detail),
        _ => (Problems.Find(rejection.Code) ?? (rejection.Code is RejectionCodes.FactorExists or RejectionCodes.FrameworkExists ? Problems.AlreadyExists : Problems.Conflict))
            .Because(rejection.Detail),
    };
}
