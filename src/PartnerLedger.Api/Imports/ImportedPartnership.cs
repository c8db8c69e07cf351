using System.Buffers.Binary;
using System.Text;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Imports;

/// <summary>A partnership as the lines of a file have made it so far.</summary>
/// <param name="number">Its place among those of the file, from 1; up to 0 where it existed before.</param>
/// <param name="id">Its id in the ledger.</param>
/// <param name="stated">The version at which the file expects it; null where the file opens it.</param>
internal sealed class ImportedPartnership(long number, Guid id, long? stated)
{
    private const int Header = 1 + sizeof(int);

    private static readonly string[] Types = [.. EventVocabulary.Partnership.Names];

    private Partnership? state;
    private byte[] packed = [];
    private int packedLength;
    private bool hasUnsureVersions;
    private bool hasUnsureState;

    public long Number => number;

    public Guid Id => id;

    public long? Stated => stated;

    /// <summary>How many events the file adds to it.</summary>
    public int Events { get; private set; }

    /// <summary>Whether its state stays at hand until it is parked, and need not be folded anew.</summary>
    public bool IsAtHand { get; set; }

    /// <summary>As far as it is known; null before its opening.</summary>
    public Partnership? State => state ??= packedLength == 0 ? null : Partnership.Fold(Unpack());

    /// <summary>A partnership that existed before the file.</summary>
    public static ImportedPartnership Existing(long number, Guid id, Partnership state) => new(number, id, state.Version) { state = state, IsAtHand = true };

    /// <summary>Takes what a line brought about.</summary>
    public void Take(Proposal.Append append)
    {
        state = (Partnership)append.State;
        Events += append.Events.Count;
        if (stated is null)
        {
            foreach (var added in append.Events)
            {
                Pack(added);
            }
        }
    }

    /// <summary>Keeps the events alone, closely packed: a file may speak of a million partnerships.</summary>
    public void Park() => (state, IsAtHand) = (stated is null ? null : state, false);

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

    private void Pack(NewEvent added)
    {
        var length = Encoding.UTF8.GetByteCount(added.Data);
        if (packed.Length < packedLength + Header + length)
        {
            Array.Resize(ref packed, Math.Max(2 * packed.Length, packedLength + Header + length));
        }

        var place = packed.AsSpan(packedLength);
        place[0] = (byte)Array.IndexOf(Types, added.Type);
        BinaryPrimitives.WriteInt32LittleEndian(place[1..], length);
        Encoding.UTF8.GetBytes(added.Data, place[Header..]);
        packedLength += Header + length;
    }

    private IEnumerable<IPartnershipEvent> Unpack()
    {
        for (var at = 0; at < packedLength;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(at + 1));
            yield return EventVocabulary.Partnership.Read(Types[packed[at]], packed.AsSpan(at + Header, length));
            at += Header + length;
        }
    }
}
