using System.Diagnostics.CodeAnalysis;

namespace PartnerLedger.Domain;

/// <summary>What comes of a command: the events to append, or the rejection that says why not.</summary>
public sealed record Decision<TEvent>
{
    private Decision(IReadOnlyList<TEvent> events, Rejection? rejection)
    {
        Events = events;
        Rejection = rejection;
    }

    /// <summary>The events to append; none when rejected.</summary>
    public IReadOnlyList<TEvent> Events { get; }

    public Rejection? Rejection { get; }

    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsAccepted => Rejection is null;

    public static implicit operator Decision<TEvent>(Rejection rejection) => Rejected(rejection);

    public static Decision<TEvent> Accepted(params IReadOnlyList<TEvent> events) => new(events, null);

    public static Decision<TEvent> Rejected(Rejection rejection) => new([], rejection);
}
