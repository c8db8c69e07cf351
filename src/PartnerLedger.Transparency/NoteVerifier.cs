using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PartnerLedger.Transparency;

/// <summary>Who may sign a note: a name and a public key, as one line <c>name+id+key</c> (C2SP signed-note's vkey).</summary>
public sealed class NoteVerifier
{
    private NoteVerifier(string name, NoteAlgorithm algorithm, byte[] publicKey)
    {
        (Name, Algorithm, PublicKey) = (name, algorithm, publicKey);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Identified()));
    }

    public string Name { get; }

    /// <summary>The first four bytes of a hash of the name, the algorithm and the key.</summary>
    public uint Id { get; }

    public NoteAlgorithm Algorithm { get; }

    /// <summary>32 bytes for Ed25519, a SubjectPublicKeyInfo in DER for ECDSA.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The public key as <c>openssl</c> reads it.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", Algorithm == NoteAlgorithm.Ed25519 ? Ed25519.SubjectPublicKeyInfo(PublicKey.Span) : PublicKey.Span) + "\n";

    /// <summary>A verifier of what this key signs.</summary>
    /// <exception cref="ArgumentException">A name is empty, or has a space, a control character or a plus.</exception>
    public static NoteVerifier Create(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> publicKey) => NoteSignature.IsName(name)
        ? new(name, algorithm, publicKey.ToArray())
        : throw new ArgumentException("The name of a key is not empty and has no space, control character or plus.", nameof(name));

    /// <summary>Reads a vkey line; null where it is none, or its id is another key's.</summary>
    public static NoteVerifier? Parse(string vkey)
    {
        ArgumentNullException.ThrowIfNull(vkey);
        if (vkey.Split('+', 3) is not [var name, { Length: 8 } id, var encoded] || !NoteSignature.IsName(name)
            || !uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId))
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || length < 2)
        {
            return null;
        }

        var verifier = new NoteVerifier(name, (NoteAlgorithm)bytes[0], bytes[1..length]);
        return verifier.Id == keyId && verifier.IsUsable() ? verifier : null;
    }

    /// <summary>Whether the signature is this key's, over this text.</summary>
    public bool Verify(string text, NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (Algorithm == NoteAlgorithm.Ed25519)
        {
            return Ed25519.Verify(PublicKey.Span, bytes, signature.Signature.Span);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(PublicKey.Span, out _);
        return ecdsa.VerifyData(bytes, signature.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The vkey line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Algorithm, .. PublicKey.Span])}");

    private bool IsUsable()
    {
        if (Algorithm != NoteAlgorithm.EcdsaP256)
        {
            return Algorithm == NoteAlgorithm.Ed25519 && PublicKey.Length == Ed25519.KeyLength;
        }

        using var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportSubjectPublicKeyInfo(PublicKey.Span, out var read);
            return read == PublicKey.Length && ecdsa.KeySize == 256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private byte[] Identified() => Algorithm == NoteAlgorithm.EcdsaP256 ? PublicKey.ToArray() : [.. Encoding.UTF8.GetBytes(Name), (byte)'\n', (byte)Algorithm, .. PublicKey.Span];
}
