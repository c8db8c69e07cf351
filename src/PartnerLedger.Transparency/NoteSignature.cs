using System.Buffers.Binary;

namespace PartnerLedger.Transparency;

/// <summary>One line under a note: the name and the id of the key, and what the key made of the text.</summary>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    private const string Dash = "— ";
    private const int IdLength = sizeof(uint);

    /// <summary>Whether a key may be named so: not empty, without spaces and plus.</summary>
    public static bool IsName(string name) => name is { Length: > 0 } && !name.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character == '+');

    internal static NoteSignature? Parse(string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var encoded] || !IsName(name))
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) && length > IdLength && Convert.ToBase64String(bytes.AsSpan(0, length)) == encoded
            ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(IdLength, length - IdLength))
            : null;
    }

    public override string ToString()
    {
        var bytes = new byte[IdLength + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes.AsMemory(IdLength));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}";
    }
}
