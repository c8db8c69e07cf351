using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Tests.Partnerships;

/// <summary>A rule told as what was recorded, what is commanded, and what comes of it.</summary>
internal static class Spec
{
    public static Given Given(params IPartnershipEvent[] events) => new(events);
}

internal sealed record Given(IPartnershipEvent[] Events)
{
    public When When(Func<Partnership, Decision<IPartnershipEvent>> command) => new(command(Some.Folded(Events)));
}

internal sealed record When(Decision<IPartnershipEvent> Decision)
{
    public void Then(params IPartnershipEvent[] events)
    {
        Assert.Null(Decision.Rejection);
        Assert.Equal(events.Select(Told), Decision.Events.Select(Told));
    }

    public Rejection ThenRejected(string code, RejectionKind kind = RejectionKind.Conflict)
    {
        Assert.NotNull(Decision.Rejection);
        Assert.False(Decision.IsAccepted);
        Assert.Empty(Decision.Events);
        Assert.Equal((code, kind), (Decision.Rejection.Code, Decision.Rejection.Kind));
        return Decision.Rejection;
    }

    private static string Told(IPartnershipEvent e) => $"{EventVocabulary.Partnership.NameOf(e)} {EventVocabulary.Partnership.Write(e)}";
}
