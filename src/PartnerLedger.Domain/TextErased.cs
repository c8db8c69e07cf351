using PartnerLedger.Domain.Frameworks;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain;

/// <summary>The texts of these events were erased; all else about them stays.</summary>
public sealed record TextErased : IPartnershipEvent, IFrameworkEvent
{
    public required IReadOnlyList<long> Versions { get; init; }

    public FreeText? Ground { get; init; }

    /// <summary>The erasure that this one repeats, because a restored backup had lost it and brought the texts back.</summary>
    public EarlierErasure? Earlier { get; init; }

    /// <summary>Why these versions' texts cannot be erased; null where they can.</summary>
    internal static Rejection? Refuse(IReadOnlyList<long> versions, long latest)
    {
        for (var i = 0; i < versions.Count; i++)
        {
            if (versions[i] < 1 || versions[i] > latest)
            {
                return Rejection.Invalid(RejectionCodes.VersionUnknown, $"/versions/{i}", $"There is no version {versions[i]}: the latest is {latest}.");
            }
        }

        return null;
    }

    internal static Rejection RepeatedAlready(EarlierErasure earlier) =>
        Rejection.Conflict(RejectionCodes.AlreadyRepeated, $"The erasure {earlier.Id} has been repeated already.");
}
