namespace PartnerLedger.Domain.Partnerships;

/// <summary>A partnership as its events tell it.</summary>
/// <remarks>Here is what it knows; how events change it, and which commands it accepts, stand in the files beside.</remarks>
public sealed partial record Partnership
{
    // A foreign stream may begin with anything; until an event says otherwise, nobody has raised the partnership.
    private static readonly Partnership Unopened = new();

    private Partnership()
    {
    }

    /// <summary>The number of events recorded.</summary>
    public long Version { get; private init; }

    public PartnershipState State { get; private init; } = PartnershipState.Unexplored;

    public string Name { get; private init; } = "";

    public FreeText? Purpose { get; private init; }

    /// <summary>The event that holds the purpose's text, which a correction may have brought.</summary>
    public TextPlace? PurposeAt { get; private init; }

    /// <summary>All partners ever, in the order they joined.</summary>
    public AppendList<KnownPartner> Partners { get; private init; } = AppendList<KnownPartner>.Empty;

    /// <summary>Whether the sectors of all partners are known.</summary>
    public bool SectorsComplete { get; private init; } = true;

    /// <summary>The sectors of all partners ever.</summary>
    public IReadOnlyList<Sector> Sectors => SectorSet.ToList();

    /// <summary>The number of sectors; null where not all are known.</summary>
    public int? Span => SectorsComplete && Sectors.Count > 0 ? Sectors.Count : null;

    public IReadOnlyList<string> Regions { get; private init; } = [];

    /// <summary>The factors noted, as far as the notes stand.</summary>
    public AppendList<StandingNote> Notes { get; private init; } = AppendList<StandingNote>.Empty;

    /// <summary>The steps of its life that stand, in version order; the same list until that changes.</summary>
    public AppendList<StandingStep> Steps { get; private init; } = AppendList<StandingStep>.Empty;

    /// <summary>The codes of the factors noted at least once, in ordinal order; the same list until that changes.</summary>
    public IReadOnlyList<string> Factors => FactorCodes;

    /// <summary>When it was first proposed.</summary>
    public PartialDate? ProposedOn { get; private init; }

    /// <summary>When its first event happened; null only where that event has no date.</summary>
    public PartialDate? OpenedOn { get; private init; }

    /// <summary>Who told of the events that stand.</summary>
    public AppendList<StandingInformant> Informants { get; private init; } = AppendList<StandingInformant>.Empty;

    /// <summary>The events that count, as they stand after corrections, in version order.</summary>
    public AppendList<StandingEvent> Standing { get; private init; } = AppendList<StandingEvent>.Empty;

    private SectorSet SectorSet { get; init; }

    private string[] FactorCodes { get; init; } = [];

    // Everything as recorded: a correction starts from here again.
    private AppendList<IPartnershipEvent> Recorded { get; init; } = AppendList<IPartnershipEvent>.Empty;
}
