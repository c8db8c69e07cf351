using System.Buffers;
using System.Runtime.InteropServices;

namespace PartnerLedger.Transparency;

/// <summary>The members of the objects that are being written, and how to put them in the order of their names' UTF-16 code units.</summary>
internal sealed class MemberOrder(CanonicalBuffer output) : IComparer<MemberOrder.Member>
{
    private readonly List<Member> members = [];

    public int Count => members.Count;

    public void Clear() => members.Clear();

    public void Truncate(int count) => members.RemoveRange(count, members.Count - count);

    public void Add(int start, int nameEnd, int end)
    {
        // UTF-8 orders as UTF-16 does, except above U+FFFF; and an escape hides the character it stands for.
        var plain = output.Written[start..nameEnd].IndexOfAnyInRange((byte)0xF0, (byte)0xFF) < 0
            && !output.Written[start..nameEnd].Contains((byte)'\\');
        members.Add(new Member(start, nameEnd, end, plain));
    }

    /// <summary>Puts the members from <paramref name="first"/> on in order; a name that stands twice is given back.</summary>
    public string? Sort(int first)
    {
        var group = CollectionsMarshal.AsSpan(members)[first..];
        var inOrder = true;
        for (var i = 1; i < group.Length && inOrder; i++)
        {
            inOrder = Compare(group[i - 1], group[i]) < 0;
        }

        return inOrder ? null : Rewrite(group);
    }

    public int Compare(Member x, Member y) => x.Plain && y.Plain
        ? Name(x).SequenceCompareTo(Name(y))
        : string.CompareOrdinal(output.Unquote(x.Start, x.NameEnd), output.Unquote(y.Start, y.NameEnd));

    private string? Rewrite(Span<Member> group)
    {
        var start = group[0].Start;
        var length = group[^1].End - start;
        group.Sort(this);
        for (var i = 1; i < group.Length; i++)
        {
            if (Compare(group[i - 1], group[i]) == 0)
            {
                return output.Unquote(group[i].Start, group[i].NameEnd);
            }
        }

        var copy = ArrayPool<byte>.Shared.Rent(length);
        output.Written.Slice(start, length).CopyTo(copy);
        var next = start;
        foreach (var member in group)
        {
            if (next > start)
            {
                output.Overwrite(next++, ","u8);
            }

            output.Overwrite(next, copy.AsSpan(member.Start - start, member.End - member.Start));
            next += member.End - member.Start;
        }

        ArrayPool<byte>.Shared.Return(copy);
        return null;
    }

    /// <summary>Without the closing quote, so that a name comes before those it begins.</summary>
    private ReadOnlySpan<byte> Name(Member member) => output.Written[(member.Start + 1)..(member.NameEnd - 1)];

    internal readonly record struct Member(int Start, int NameEnd, int End, bool Plain);
}
