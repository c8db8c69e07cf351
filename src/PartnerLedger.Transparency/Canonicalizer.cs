using System.Text.Json;
using System.Text.Unicode;

namespace PartnerLedger.Transparency;

/// <summary>
/// Copies a JSON text token by token into a buffer in canonical form. The members of an object are written as they come and put in order
/// when it closes, so that a text in order, which is what the ledger mostly sees, is copied once and never sorted.
/// </summary>
internal sealed class Canonicalizer
{
    /// <summary>Enough to mend a request by; a megabyte of faults is not answered in full.</summary>
    private const int MaxFaults = 50;

    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static Canonicalizer? idle;

    private readonly CanonicalBuffer output = new();
    private readonly MemberOrder members;
    private readonly Place[] places = new Place[CanonicalJson.MaxDepth];
    private int depth;

    private Canonicalizer() => members = new MemberOrder(output);

    public List<JsonFault> Faults { get; } = [];

    public ReadOnlySpan<byte> Written => output.Written;

    public static Canonicalizer Rent()
    {
        var canonicalizer = idle ?? new Canonicalizer();
        idle = null;
        canonicalizer.output.Clear();
        canonicalizer.members.Clear();
        canonicalizer.Faults.Clear();
        canonicalizer.depth = 0;
        return canonicalizer;
    }

    public static void Return(Canonicalizer canonicalizer)
    {
        if (canonicalizer.output.Capacity <= LargestKept)
        {
            idle = canonicalizer;
        }
    }

    public void Read(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            Faults.Add(new JsonFault("", "The text is not valid UTF-8."));
            return;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth + 1 });
        try
        {
            while (Faults.Count < MaxFaults && reader.Read())
            {
                if (!Copy(ref reader))
                {
                    return;
                }
            }
        }
        catch (JsonException fault)
        {
            Faults.Add(new JsonFault(Pointer(), $"The text is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}."));
        }
    }

    private bool Copy(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                CopyName(ref reader);
                return true;
            case JsonTokenType.EndObject:
                Close((byte)'}');
                return true;
            case JsonTokenType.EndArray:
                Close((byte)']');
                return true;
        }

        BeginValue();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Open((byte)'{', isArray: false);
            case JsonTokenType.StartArray:
                return Open((byte)'[', isArray: true);
            case JsonTokenType.String:
                CopyString(ref reader, depth);
                break;
            case JsonTokenType.Number:
                CopyNumber(reader.ValueSpan);
                break;
            default:
                output.Append(reader.ValueSpan);
                break;
        }

        EndValue();
        return true;
    }

    private void CopyName(ref Utf8JsonReader reader)
    {
        ref var place = ref places[depth - 1];
        if (place.Count++ > 0)
        {
            output.Append((byte)',');
        }

        place.NameStart = output.Length;
        CopyString(ref reader, depth - 1);
        place.NameEnd = output.Length;
        output.Append((byte)':');
    }

    private void CopyString(ref Utf8JsonReader reader, int levels)
    {
        if (!reader.ValueIsEscaped)
        {
            output.AppendQuoted(reader.ValueSpan);
            return;
        }

        switch (output.AppendUnescaped(ref reader))
        {
            case StringRule.NoLoneSurrogate:
                Faults.Add(new JsonFault(PointerTo(levels), "A lone surrogate is not text."));
                break;
            case StringRule.NoNul:
                Faults.Add(new JsonFault(PointerTo(levels), "The character U+0000 is not allowed."));
                break;
        }
    }

    private void CopyNumber(ReadOnlySpan<byte> digits)
    {
        if (digits.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
        {
            Faults.Add(new JsonFault(Pointer(), "A number must be whole, written without fraction or exponent."));
        }
        else if (!long.TryParse(digits, out var number) || number is < -CanonicalJson.MaxInteger or > CanonicalJson.MaxInteger)
        {
            Faults.Add(new JsonFault(Pointer(), "A number must lie between -9007199254740991 and 9007199254740991."));
        }
        else
        {
            output.Append(number == 0 ? "0"u8 : digits);
        }
    }

    private void BeginValue()
    {
        if (depth > 0 && places[depth - 1].IsArray && places[depth - 1].Count++ > 0)
        {
            output.Append((byte)',');
        }
    }

    private void EndValue()
    {
        if (depth > 0 && !places[depth - 1].IsArray)
        {
            members.Add(places[depth - 1].NameStart, places[depth - 1].NameEnd, output.Length);
        }
    }

    private bool Open(byte bracket, bool isArray)
    {
        if (depth == CanonicalJson.MaxDepth)
        {
            Faults.Add(new JsonFault(Pointer(), $"Values may be nested {CanonicalJson.MaxDepth} deep."));
            return false;
        }

        output.Append(bracket);
        places[depth++] = new Place { IsArray = isArray, FirstMember = members.Count };
        return true;
    }

    private void Close(byte bracket)
    {
        ref var place = ref places[depth - 1];
        if (!place.IsArray && Faults.Count == 0 && members.Sort(place.FirstMember) is { } repeated)
        {
            Faults.Add(new JsonFault(JsonPointer.Append(PointerTo(depth - 1), repeated), "The member stands more than once."));
        }

        members.Truncate(place.FirstMember);
        depth--;
        output.Append(bracket);
        EndValue();
    }

    private string Pointer() => PointerTo(depth);

    private string PointerTo(int levels)
    {
        var pointer = "";
        foreach (ref readonly var place in places.AsSpan(0, levels))
        {
            if (place.IsArray)
            {
                pointer = JsonPointer.Append(pointer, Math.Max(0, place.Count - 1));
            }
            else if (place.NameEnd > 0)
            {
                pointer = JsonPointer.Append(pointer, output.Unquote(place.NameStart, place.NameEnd));
            }
        }

        return pointer;
    }

    private struct Place
    {
        public bool IsArray;
        public int Count;
        public int FirstMember;
        public int NameStart;
        public int NameEnd;
    }
}
