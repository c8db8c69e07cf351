using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>
/// Events one behind the other in few bytes, as they lie until they are moved: an event's id, then its type, its data and all of its texts, each
/// behind its length. The database reads that too, in order to cut out texts (ledger_without_texts).
/// </summary>
internal static class PackedEvents
{
    public static void Write(ArrayBufferWriter<byte> packed, NewEvent added)
    {
        WriteId(packed, added.Id);
        Write(packed, added.Type);
        Write(packed, added.Data);
        WriteNumber(packed, added.Texts.Sum(Length));
        foreach (var text in added.Texts)
        {
            Write(packed, text.Member);
            Write(packed, text.Salt);
            Write(packed, text.Text);
        }
    }

    /// <summary>Takes the first event off the rest.</summary>
    public static PackedEvent Read(ref ReadOnlyMemory<byte> rest)
    {
        var id = new Guid(Take(ref rest, 16).Span, bigEndian: true);
        var (type, data) = (ReadBytes(ref rest), ReadBytes(ref rest));
        return new(id, type, data, ReadTexts(ReadBytes(ref rest)));
    }

    private static IReadOnlyList<PackedText> ReadTexts(ReadOnlyMemory<byte> rest)
    {
        if (rest.IsEmpty)
        {
            return [];
        }

        var texts = new List<PackedText>();
        while (!rest.IsEmpty)
        {
            texts.Add(new(ReadBytes(ref rest), ReadBytes(ref rest), ReadBytes(ref rest)));
        }

        return texts;
    }

    private static int Length(EventText text) =>
        (3 * sizeof(int)) + Encoding.UTF8.GetByteCount(text.Member) + text.Salt.Length + Encoding.UTF8.GetByteCount(text.Text);

    private static void WriteId(ArrayBufferWriter<byte> packed, Guid id)
    {
        id.TryWriteBytes(packed.GetSpan(16), bigEndian: true, out _);
        packed.Advance(16);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> packed, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(packed.GetSpan(sizeof(int)), number);
        packed.Advance(sizeof(int));
    }

    private static void Write(ArrayBufferWriter<byte> packed, string text)
    {
        WriteNumber(packed, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, packed);
    }

    private static void Write(ArrayBufferWriter<byte> packed, byte[] bytes)
    {
        WriteNumber(packed, bytes.Length);
        packed.Write(bytes);
    }

    private static int ReadNumber(ref ReadOnlyMemory<byte> rest) => BinaryPrimitives.ReadInt32BigEndian(Take(ref rest, sizeof(int)).Span);

    private static ReadOnlyMemory<byte> ReadBytes(ref ReadOnlyMemory<byte> rest) => Take(ref rest, ReadNumber(ref rest));

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int bytes)
    {
        var taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }
}
