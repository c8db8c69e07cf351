using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>Events one behind the other in few bytes, as they lie until they are moved: each of their parts behind its length.</summary>
internal static class PackedEvents
{
    public static void Write(ArrayBufferWriter<byte> packed, NewEvent added)
    {
        WriteId(packed, added.Id);
        Write(packed, added.Type);
        Write(packed, added.Data);
        WriteNumber(packed, added.Texts.Count);
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
        var texts = new PackedText[ReadNumber(ref rest)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = new(ReadBytes(ref rest), ReadBytes(ref rest), ReadBytes(ref rest));
        }

        return new(id, type, data, texts);
    }

    private static void WriteId(ArrayBufferWriter<byte> packed, Guid id)
    {
        id.TryWriteBytes(packed.GetSpan(16), bigEndian: true, out _);
        packed.Advance(16);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> packed, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(packed.GetSpan(sizeof(int)), number);
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

    private static int ReadNumber(ref ReadOnlyMemory<byte> rest) => BinaryPrimitives.ReadInt32LittleEndian(Take(ref rest, sizeof(int)).Span);

    private static ReadOnlyMemory<byte> ReadBytes(ref ReadOnlyMemory<byte> rest) => Take(ref rest, ReadNumber(ref rest));

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int bytes)
    {
        var taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }
}
