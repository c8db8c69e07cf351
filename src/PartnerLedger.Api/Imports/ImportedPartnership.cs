using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Imports;

/// <summary>A partnership as the lines of a file have made it so far.</summary>
/// <param name="Number">Its place among those of the file, from 1; up to 0 where it existed before.</param>
/// <param name="Id">Its id in the ledger.</param>
/// <param name="Stated">The version at which the file expects it; null where the file opens it.</param>
internal sealed record ImportedPartnership(long Number, Guid Id, long? Stated)
{
    private bool hasUnsureVersions;
    private bool hasUnsureState;

    /// <summary>As far as it is known; null where its opening line has faults.</summary>
    public Partnership? State { get; set; }

    /// <summary>How many events the file adds to it.</summary>
    public int Events { get; set; }

    /// <summary>Whether nobody can tell if a command of this kind fits, after lines with faults.</summary>
    public bool IsUnsure(CommandTraits traits) => hasUnsureState || (hasUnsureVersions && traits.HasFlag(CommandTraits.NamesVersion));

    /// <summary>A line was refused: what it did is not known where it is malformed; where it only does not fit, nothing.</summary>
    public void Doubt(CommandTraits traits, bool isMalformed)
    {
        hasUnsureVersions = true;
        hasUnsureState |= isMalformed && traits.HasFlag(CommandTraits.ChangesState);
    }

    /// <summary>Nothing is known of it: it is not opened, or not at the version that was stated.</summary>
    public void DoubtAll() => hasUnsureVersions = hasUnsureState = true;
}
