using PartnerLedger.Domain.Factors;

namespace PartnerLedger.Domain.Partnerships;

/// <summary>Anything recorded about a partnership.</summary>
public interface IPartnershipEvent;

/// <summary>An event that happened at a time of its own, other than when it was recorded.</summary>
public interface IOccurrence : IPartnershipEvent
{
    PartialDate OccurredOn { get; }
}

/// <summary>An event that somebody told of.</summary>
public interface IInformed : IOccurrence
{
    /// <summary>Who told, as a random identifier that stands for them.</summary>
    Guid? Informant { get; }

    string? InformantRegion { get; }
}

/// <summary>A partner organisation, by name if it may be named.</summary>
public sealed record Partner
{
    public string? Name { get; init; }

    public required Sector Sector { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }
}

/// <summary>The partnership came into a state.</summary>
public abstract record LifecycleEvent : IInformed
{
    public FreeText? Reason { get; init; }

    public Guid? Informant { get; init; }

    public string? InformantRegion { get; init; }

    public required PartialDate OccurredOn { get; init; }
}

/// <summary>The partnership came into a state in which it can also begin; only as the first event does it say what the partnership is.</summary>
public abstract record StageEvent : LifecycleEvent
{
    public string? Name { get; init; }

    public IReadOnlyList<Partner>? Partners { get; init; }

    public bool? SectorsComplete { get; init; }

    public IReadOnlyList<string>? Regions { get; init; }

    public FreeText? Purpose { get; init; }
}

/// <summary>Worthwhile, but nobody has raised it yet.</summary>
public sealed record PartnershipUnexplored : StageEvent;

/// <summary>Begun, but it never became a partnership.</summary>
public sealed record PartnershipUndeveloped : StageEvent;

/// <summary>Somebody proposed the partnership.</summary>
public sealed record PartnershipProposed : StageEvent;

/// <summary>The partners work together.</summary>
public sealed record PartnershipActive : LifecycleEvent;

/// <summary>The partnership struggles.</summary>
public sealed record PartnershipStruggling : LifecycleEvent;

/// <summary>The partnership failed, which ends it.</summary>
public sealed record PartnershipFailed : LifecycleEvent;

/// <summary>The partnership is judged a success, which does not end it.</summary>
public sealed record PartnershipSuccessful : LifecycleEvent;

/// <summary>The partnership ended without having failed.</summary>
public sealed record PartnershipEnded : LifecycleEvent;

/// <summary>A factor was at work; topic and polarity are what the catalogue said when it was noted.</summary>
public sealed record FactorNoted : IInformed
{
    public required string Factor { get; init => field = SharedCodes.Of(value); }

    public required Polarity Polarity { get; init; }

    public required string Topic { get; init => field = SharedCodes.Of(value); }

    public FreeText? Note { get; init; }

    public Guid? Informant { get; init; }

    public string? InformantRegion { get; init => field = value is null ? null : SharedCodes.Of(value); }

    public required PartialDate OccurredOn { get; init; }
}

/// <summary>A partner joined.</summary>
public sealed record PartnerJoined : IOccurrence
{
    public string? Name { get; init; }

    public required Sector Sector { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Whether the sectors of all partners are known from now on; as before when left out.</summary>
    public bool? SectorsComplete { get; init; }

    public required PartialDate OccurredOn { get; init; }
}

/// <summary>A partner left.</summary>
public sealed record PartnerLeft : IOccurrence
{
    /// <summary>The version of the event with which the partner joined.</summary>
    public required long Partner { get; init; }

    /// <summary>The partner's place among those who joined with that event, from 0; left out where there was one.</summary>
    public int? Index { get; init; }

    public FreeText? Reason { get; init; }

    public required PartialDate OccurredOn { get; init; }
}

/// <summary>The partnership has another name.</summary>
public sealed record PartnershipRenamed : IPartnershipEvent
{
    public required string Name { get; init; }
}

/// <summary>The partnership works in these regions now.</summary>
public sealed record RegionsChanged : IPartnershipEvent
{
    public required IReadOnlyList<string> Regions { get; init; }
}

/// <summary>An event was recorded wrongly: what the replacement names holds instead.</summary>
public sealed record EventCorrected : IPartnershipEvent
{
    public required long Version { get; init; }

    public required FreeText Reason { get; init; }

    public required Replacement Replacement { get; init; }
}

/// <summary>An event should not have been recorded: it no longer counts.</summary>
public sealed record EventWithdrawn : IPartnershipEvent
{
    public required long Version { get; init; }

    public required FreeText Reason { get; init; }
}
