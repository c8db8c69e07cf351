namespace PartnerLedger.Domain.Partnerships;

/// <content>How events change it. Nothing here fails, whatever the order of events.</content>
public sealed partial record Partnership
{
    public static Partnership Create(PartnershipUnexplored e) => Unopened.Apply(e);

    public static Partnership Create(PartnershipUndeveloped e) => Unopened.Apply(e);

    public static Partnership Create(PartnershipProposed e) => Unopened.Apply(e);

    /// <summary>The partnership after one more event; null is the partnership before its first.</summary>
    public static Partnership Fold(Partnership? state, IPartnershipEvent e) => (state ?? Unopened).Append(e);

    /// <summary>The partnership after all its events, with each correction applied once; null without events.</summary>
    public static Partnership? Fold(IEnumerable<IPartnershipEvent> events)
    {
        var recorded = AppendList<IPartnershipEvent>.Empty;
        foreach (var e in events) recorded = recorded.Add(e);
        return recorded.Count == 0 ? null : Refold(recorded);
    }

    public Partnership Apply(PartnershipUnexplored e) => Append(e);

    public Partnership Apply(PartnershipUndeveloped e) => Append(e);

    public Partnership Apply(PartnershipProposed e) => Append(e);

    public Partnership Apply(PartnershipActive e) => Append(e);

    public Partnership Apply(PartnershipStruggling e) => Append(e);

    public Partnership Apply(PartnershipFailed e) => Append(e);

    public Partnership Apply(PartnershipSuccessful e) => Append(e);

    public Partnership Apply(PartnershipEnded e) => Append(e);

    public Partnership Apply(FactorNoted e) => Append(e);

    public Partnership Apply(PartnerJoined e) => Append(e);

    public Partnership Apply(PartnerLeft e) => Append(e);

    public Partnership Apply(PartnershipRenamed e) => Append(e);

    public Partnership Apply(RegionsChanged e) => Append(e);

    public Partnership Apply(EventCorrected e) => Append(e);

    public Partnership Apply(EventWithdrawn e) => Append(e);

    public Partnership Apply(TextErased e) => Append(e);

    private Partnership Append(IPartnershipEvent e)
    {
        var recorded = Recorded.Add(e);
        return e is EventCorrected or EventWithdrawn
            ? Refold(recorded)
            : Stand(recorded.Count, e) with { Version = recorded.Count, Recorded = recorded };
    }

    private static Partnership Refold(AppendList<IPartnershipEvent> recorded)
    {
        var state = Unopened;
        foreach (var (version, e, purposeFrom) in Corrections.Of(recorded))
        {
            state = state.Stand(version, e);
            if (purposeFrom is not null && e is StageEvent { Purpose: not null }) state = state with { PurposeAt = purposeFrom };
        }

        return state with { Version = recorded.Count, Recorded = recorded };
    }

    private Partnership Stand(long version, IPartnershipEvent e)
    {
        var after = e switch
        {
            FactorNoted noted => Note(version, noted),
            StageEvent stage => Enter(version, stage),
            LifecycleEvent step => this with { State = Lifecycle.StateAfter(step) },
            PartnerJoined joined => Join(version, joined),
            PartnerLeft left => Leave(version, left),
            PartnershipRenamed renamed => this with { Name = renamed.Name },
            RegionsChanged changed => this with { Regions = changed.Regions },
            _ => null,
        };
        if (after is null) return this;

        return after with
        {
            Standing = Standing.Add(new(version, e)),
            Informants = e is IInformed informed ? Tell(version, informed) : Informants,
            Steps = e is LifecycleEvent entered ? Steps.Add(new(version, after.State, entered.OccurredOn)) : Steps,
            OpenedOn = version == 1 ? (e as IOccurrence)?.OccurredOn : OpenedOn,
        };
    }
}
