namespace PartnerLedger.Domain.Partnerships;

// Which members of an event a replacement may name, and which of them it may clear.
internal static class Correctable
{
    private static readonly Members Step = new([], ["reason", "informant", "informantRegion"]);
    private static readonly Members Opening = new(["name", "partners", "sectorsComplete", "regions"], ["purpose", "informant", "informantRegion"]);
    private static readonly Members Noted = new(["factor", "polarity", "topic"], ["note", "informant", "informantRegion"]);
    private static readonly Members Joined = new(["sector"], ["name", "country", "sectorsComplete"]);
    private static readonly Members Left = new([], ["reason"]);
    private static readonly Members Renamed = new(["name"], [], HasDate: false);
    private static readonly Members Regions = new(["regions"], [], HasDate: false);

    public static Rejection? Check(IPartnershipEvent e, bool isFirst, Replacement replacement)
    {
        var members = Of(e, isFirst);
        foreach (var (member, clears) in replacement.Named())
        {
            var required = members.Required.Contains(member) || (members.HasDate && member == "occurredOn");
            if (!required && !members.Clearable.Contains(member))
            {
                return Rejection.Invalid(
                    RejectionCodes.ReplacementMember, $"/replacement/{member}", $"The event has no '{member}' to correct.");
            }

            if (required && clears)
            {
                return Rejection.Invalid(RejectionCodes.ReplacementRequired, $"/replacement/{member}", $"'{member}' cannot be cleared.");
            }
        }

        // A note keeps what the catalogue said of its factor, so the three change together.
        return replacement.Factor.IsNamed == replacement.Polarity.IsNamed && replacement.Factor.IsNamed == replacement.Topic.IsNamed
            ? null
            : Rejection.Invalid(RejectionCodes.ReplacementMember, "/replacement/factor", "A factor is replaced with its polarity and topic.");
    }

    private static Members Of(IPartnershipEvent e, bool isFirst) => e switch
    {
        StageEvent when isFirst => Opening,
        LifecycleEvent => Step,
        FactorNoted => Noted,
        PartnerJoined => Joined,
        PartnerLeft => Left,
        PartnershipRenamed => Renamed,
        RegionsChanged => Regions,
        _ => new([], [], HasDate: false),
    };

    private sealed record Members(string[] Required, string[] Clearable, bool HasDate = true);
}
