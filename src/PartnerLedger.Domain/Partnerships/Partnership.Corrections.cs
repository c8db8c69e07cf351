namespace PartnerLedger.Domain.Partnerships;

using Decision = Decision<IPartnershipEvent>;

/// <content>Correcting and withdrawing what was recorded.</content>
public sealed partial record Partnership
{
    public Decision Correct(long version, FreeText reason, Replacement replacement)
    {
        if (Uncorrectable(version) is { } rejection) return rejection;
        if (!replacement.Named().Any() && Stands(version))
        {
            return Rejection.Invalid(RejectionCodes.ReplacementEmpty, "/replacement", "The replacement names nothing to change.");
        }

        if (Correctable.Check(Recorded[(int)version - 1], isFirst: version == 1, replacement) is { } misfit) return misfit;
        return UnlessConflicting(new EventCorrected { Version = version, Reason = reason, Replacement = replacement });
    }

    public Decision Withdraw(long version, FreeText reason)
    {
        if (Uncorrectable(version) is { } rejection) return rejection;
        if (version == 1)
        {
            return Rejection.Conflict(RejectionCodes.FirstEventWithdrawn, "The first event says what the partnership is: correct it instead.");
        }

        if (!Stands(version)) return Rejection.Conflict(RejectionCodes.AlreadyWithdrawn, $"Version {version} is withdrawn already.");
        return UnlessConflicting(new EventWithdrawn { Version = version, Reason = reason });
    }

    /// <summary>Erases what people wrote with these events, and with their corrections; all else about them stays.</summary>
    public Decision EraseTexts(IReadOnlyList<long> versions, FreeText ground) => TextErased.Refuse(versions, Version) is { } rejection
        ? rejection
        : Decision.Accepted(new TextErased { Versions = versions, Ground = ground });

    /// <summary>Repeats an erasure that a restored backup has lost; once.</summary>
    public Decision EraseAgain(IReadOnlyList<long> versions, FreeText ground, EarlierErasure earlier)
    {
        foreach (var recorded in Recorded)
        {
            if (recorded is TextErased { Earlier: { } repeated } && repeated.Id == earlier.Id)
            {
                return TextErased.RepeatedAlready(earlier);
            }
        }

        return Decision.Accepted(new TextErased { Versions = versions, Ground = ground, Earlier = earlier });
    }

    private Rejection? Uncorrectable(long version)
    {
        if (version < 1 || version > Version)
        {
            return Rejection.Invalid(RejectionCodes.VersionUnknown, "/version", $"There is no version {version}: the latest is {Version}.");
        }

        return Corrections.CanBeCorrected(Recorded[(int)version - 1])
            ? null
            : Rejection.Conflict(RejectionCodes.CorrectionOfCorrection, "Corrections, withdrawals and erasures cannot be corrected.");
    }

    private bool Stands(long version)
    {
        foreach (var standing in Standing)
        {
            if (standing.Version == version) return true;
        }

        return false;
    }

    // Judged by what would stand afterwards. What did not fit before is not held against a correction: it may be the remedy.
    private Decision UnlessConflicting(IPartnershipEvent correction)
    {
        var before = Misfits().Select(misfit => misfit.Version).ToHashSet();
        foreach (var (version, why) in Append(correction).Misfits())
        {
            if (before.Contains(version)) continue;
            return Rejection.Conflict(RejectionCodes.CorrectionConflict, $"Version {version} would no longer fit: {why}") with
            {
                State = State,
                Allowed = Lifecycle.Allowed(State),
                ConflictsWith = version,
            };
        }

        return Decision.Accepted(correction);
    }

    private IEnumerable<(long Version, string Why)> Misfits()
    {
        PartnershipState? from = null;
        foreach (var (version, e) in (IEnumerable<StandingEvent>)Standing)
        {
            if (e is LifecycleEvent step)
            {
                var to = Lifecycle.StateAfter(step);
                if (from is { } state && !Lifecycle.Allows(state, to)) yield return (version, $"{state.ToWord()} does not become {to.ToWord()}.");
                from = to;
            }
            else if (e is PartnerLeft && !Partners.Any(partner => partner.LeftWith == version))
            {
                yield return (version, "the partner who left is not there.");
            }
        }
    }
}
