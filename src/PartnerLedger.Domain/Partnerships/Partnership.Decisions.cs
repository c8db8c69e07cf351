namespace PartnerLedger.Domain.Partnerships;

using Decision = Decision<IPartnershipEvent>;

/// <content>The commands, one method each.</content>
public sealed partial record Partnership
{
    public static Decision Open(PartnershipState stage, Opening opening) => stage switch
    {
        PartnershipState.Unexplored => Decision.Accepted(Say(new PartnershipUnexplored { OccurredOn = opening.OccurredOn }, opening)),
        PartnershipState.Undeveloped => Decision.Accepted(Say(new PartnershipUndeveloped { OccurredOn = opening.OccurredOn }, opening)),
        PartnershipState.Proposed => Decision.Accepted(Say(new PartnershipProposed { OccurredOn = opening.OccurredOn }, opening)),
        _ => Rejection.Invalid(
            RejectionCodes.OpeningStage, "/stage", $"A partnership begins {Join(Lifecycle.Openings)}, not {stage.ToWord()}."),
    };

    public Decision Propose(FreeText? reason, Guid? informant, string? informantRegion, PartialDate on) =>
        Step(new PartnershipProposed { Reason = reason, Informant = informant, InformantRegion = informantRegion, OccurredOn = on });

    public Decision Undevelop(FreeText? reason, Guid? informant, string? informantRegion, PartialDate on) =>
        Step(new PartnershipUndeveloped { Reason = reason, Informant = informant, InformantRegion = informantRegion, OccurredOn = on });

    public Decision Activate(FreeText? reason, Guid? informant, string? informantRegion, PartialDate on) =>
        Step(new PartnershipActive { Reason = reason, Informant = informant, InformantRegion = informantRegion, OccurredOn = on });

    public Decision Struggle(FreeText? reason, Guid? informant, string? informantRegion, PartialDate on) =>
        Step(new PartnershipStruggling { Reason = reason, Informant = informant, InformantRegion = informantRegion, OccurredOn = on });

    public Decision Fail(FreeText? reason, Guid? informant, string? informantRegion, PartialDate on) =>
        Step(new PartnershipFailed { Reason = reason, Informant = informant, InformantRegion = informantRegion, OccurredOn = on });

    public Decision Succeed(FreeText? reason, Guid? informant, string? informantRegion, PartialDate on) =>
        Step(new PartnershipSuccessful { Reason = reason, Informant = informant, InformantRegion = informantRegion, OccurredOn = on });

    public Decision End(FreeText? reason, Guid? informant, string? informantRegion, PartialDate on) =>
        Step(new PartnershipEnded { Reason = reason, Informant = informant, InformantRegion = informantRegion, OccurredOn = on });

    /// <summary>Lessons come late, so factors may be noted in every state.</summary>
    public Decision NoteFactors(params IReadOnlyList<FactorNoted> notes) => Decision.Accepted(notes);

    public Decision AddPartner(Partner partner, bool? sectorsComplete, PartialDate on) => Decision.Accepted(new PartnerJoined
    {
        Name = partner.Name,
        Sector = partner.Sector,
        Country = partner.Country,
        SectorsComplete = sectorsComplete,
        OccurredOn = on,
    });

    public Decision PartnerLeaves(long version, int? index, FreeText? reason, PartialDate on)
    {
        var joined = Partners.Where(partner => partner.JoinedWith == version).ToList();
        if (joined.Count == 0) return Rejection.NotFound(RejectionCodes.PartnerUnknown, $"No partner joined with version {version}.");
        if (index is null && joined.Count > 1)
        {
            return Rejection.Invalid(
                RejectionCodes.PartnerAmbiguous, "/partner", $"{joined.Count} partners joined with version {version}: say which one, from 0.");
        }

        var leaving = joined.Find(partner => partner.Index == (index ?? joined[0].Index));
        if (leaving is null)
        {
            return Rejection.Invalid(
                RejectionCodes.PartnerUnknown, "/partner", $"No partner {index} joined with version {version}: there are {joined.Count}, from 0.");
        }

        if (leaving.LeftWith is { } left)
        {
            return Rejection.Conflict(RejectionCodes.PartnerLeftAlready, $"The partner left with version {left} already.") with
            {
                ConflictsWith = left,
            };
        }

        return Decision.Accepted(
            new PartnerLeft { Partner = version, Index = joined.Count > 1 ? leaving.Index : null, Reason = reason, OccurredOn = on });
    }

    public Decision Rename(string name) => Decision.Accepted(new PartnershipRenamed { Name = name });

    public Decision ChangeRegions(IReadOnlyList<string> regions) => Decision.Accepted(new RegionsChanged { Regions = regions });

    private Decision Step(LifecycleEvent e)
    {
        var to = Lifecycle.StateAfter(e);
        var allowed = Lifecycle.Allowed(State);
        if (Lifecycle.Allows(State, to)) return Decision.Accepted(e);

        var rejection = to == State
            ? Rejection.Conflict(RejectionCodes.RepeatedState, $"The partnership is {to.ToWord()} already.")
            : Rejection.Conflict(RejectionCodes.LifecycleStep, allowed.Count == 0
                ? $"A partnership that is {State.ToWord()} stays so."
                : $"A partnership that is {State.ToWord()} can become {Join(allowed)}, not {to.ToWord()}.");
        return rejection with { State = State, Allowed = allowed };
    }

    private static StageEvent Say(StageEvent e, Opening opening) => e with
    {
        Name = opening.Name,
        Partners = opening.Partners,
        SectorsComplete = opening.SectorsComplete,
        Regions = opening.Regions,
        Purpose = opening.Purpose,
        Informant = opening.Informant,
        InformantRegion = opening.InformantRegion,
    };

    private static string Join(IReadOnlyList<PartnershipState> states) => string.Join(" or ", states.Select(state => state.ToWord()));
}
