using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace PartnerLedger.Transparency;

/// <summary>The one way to write a JSON value (RFC 8785), for values whose numbers are whole and at most 2^53 − 1.</summary>
public static class CanonicalJson
{
    public const int MaxDepth = 32;
    public const long MaxInteger = (1L << 53) - 1;

    /// <summary>Reads a JSON text strictly, and gives its canonical form or every reason to refuse it.</summary>
    public static CanonicalText Parse(ReadOnlySpan<byte> utf8)
    {
        var canonicalizer = Canonicalizer.Rent();
        try
        {
            canonicalizer.Read(utf8);
            return canonicalizer.Faults.Count == 0
                ? new CanonicalText(canonicalizer.Written.ToArray(), [])
                : new CanonicalText(ReadOnlyMemory<byte>.Empty, [.. canonicalizer.Faults]);
        }
        finally
        {
            Canonicalizer.Return(canonicalizer);
        }
    }

    public static void Write(JsonElement value, IBufferWriter<byte> output) => Write(JsonMarshal.GetRawUtf8Value(value), output);

    /// <summary>Writes the canonical form of a JSON text.</summary>
    /// <exception cref="CanonicalJsonException">The text has no canonical form.</exception>
    public static void Write(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        var canonicalizer = Canonicalizer.Rent();
        try
        {
            output.Write(Canonicalize(canonicalizer, utf8));
        }
        finally
        {
            Canonicalizer.Return(canonicalizer);
        }
    }

    public static byte[] ToBytes(JsonElement value) => ToBytes(JsonMarshal.GetRawUtf8Value(value));

    public static byte[] ToBytes(ReadOnlySpan<byte> utf8)
    {
        var canonicalizer = Canonicalizer.Rent();
        try
        {
            return Canonicalize(canonicalizer, utf8).ToArray();
        }
        finally
        {
            Canonicalizer.Return(canonicalizer);
        }
    }

    public static string ToText(JsonElement value) => ToText(JsonMarshal.GetRawUtf8Value(value));

    public static string ToText(ReadOnlySpan<byte> utf8)
    {
        var canonicalizer = Canonicalizer.Rent();
        try
        {
            return Encoding.UTF8.GetString(Canonicalize(canonicalizer, utf8));
        }
        finally
        {
            Canonicalizer.Return(canonicalizer);
        }
    }

    private static ReadOnlySpan<byte> Canonicalize(Canonicalizer canonicalizer, ReadOnlySpan<byte> utf8)
    {
        canonicalizer.Read(utf8);
        return canonicalizer.Faults.Count == 0 ? canonicalizer.Written : throw new CanonicalJsonException(canonicalizer.Faults[0]);
    }
}
