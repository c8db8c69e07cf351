using System.Buffers;
using System.Text.Json;

namespace PartnerLedger.Transparency;

internal enum StringRule
{
    Kept,
    NoNul,
    NoLoneSurrogate,
}

/// <summary>A growing buffer of canonical JSON that knows how RFC 8785 writes a string.</summary>
internal sealed class CanonicalBuffer
{
    private byte[] bytes = new byte[1024];

    public int Length { get; private set; }

    public int Capacity => bytes.Length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(byte value)
    {
        Reserve(1);
        bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> values)
    {
        Reserve(values.Length);
        values.CopyTo(bytes.AsSpan(Length));
        Length += values.Length;
    }

    /// <summary>What needed no escape in valid JSON needs none in canonical JSON.</summary>
    public void AppendQuoted(ReadOnlySpan<byte> plain)
    {
        Append((byte)'"');
        Append(plain);
        Append((byte)'"');
    }

    public StringRule AppendUnescaped(ref Utf8JsonReader reader)
    {
        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return AppendEscaped(rented.AsSpan(0, reader.CopyString(rented)));
        }
        catch (InvalidOperationException)
        {
            // The framework has no other way to say that an escape names half a pair.
            AppendQuoted([]);
            return StringRule.NoLoneSurrogate;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The string that stands quoted between two places of what was written.</summary>
    public string Unquote(int start, int end)
    {
        var reader = new Utf8JsonReader(bytes.AsSpan(start, end - start));
        reader.Read();
        return reader.GetString()!;
    }

    public void Overwrite(int start, ReadOnlySpan<byte> values) => values.CopyTo(bytes.AsSpan(start));

    private StringRule AppendEscaped(ReadOnlySpan<byte> text)
    {
        Append((byte)'"');
        foreach (var character in text)
        {
            switch (character)
            {
                case (byte)'"': Append("\\\""u8); break;
                case (byte)'\\': Append("\\\\"u8); break;
                case (byte)'\b': Append("\\b"u8); break;
                case (byte)'\t': Append("\\t"u8); break;
                case (byte)'\n': Append("\\n"u8); break;
                case (byte)'\f': Append("\\f"u8); break;
                case (byte)'\r': Append("\\r"u8); break;
                case < 0x20:
                    Append("\\u00"u8);
                    Append("0123456789abcdef"u8[character >> 4]);
                    Append("0123456789abcdef"u8[character & 0xF]);
                    break;
                default: Append(character); break;
            }
        }

        Append((byte)'"');
        return text.Contains((byte)0) ? StringRule.NoNul : StringRule.Kept;
    }

    private void Reserve(int more)
    {
        if (Length + more > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + more));
        }
    }
}
