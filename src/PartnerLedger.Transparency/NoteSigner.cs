using System.Security.Cryptography;
using System.Text;

namespace PartnerLedger.Transparency;

/// <summary>A key that signs notes: Ed25519 where the system's libcrypto has it, else ECDSA on P-256.</summary>
public sealed class NoteSigner
{
    private const string PrivateKeyLabel = "PRIVATE KEY";

    private readonly byte[] _privateKey;

    private NoteSigner(NoteVerifier verifier, byte[] privateKey) => (Verifier, _privateKey) = (verifier, privateKey);

    /// <summary>Who verifies what this key signs.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>A new key.</summary>
    public static NoteSigner Create(string name)
    {
        if (Ed25519.IsAvailable)
        {
            return OfSeed(name, RandomNumberGenerator.GetBytes(Ed25519.KeyLength));
        }

        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Of(name, ecdsa);
    }

    /// <summary>The Ed25519 key of a seed of 32 bytes (RFC 8032).</summary>
    public static NoteSigner OfSeed(string name, ReadOnlySpan<byte> seed) =>
        new(NoteVerifier.Create(name, NoteAlgorithm.Ed25519, Ed25519.PublicKey(seed)), seed.ToArray());

    /// <summary>Reads what <see cref="ToPem"/> wrote, or another PKCS #8 key of one of the two kinds.</summary>
    /// <exception cref="CryptographicException">The text is no such key.</exception>
    public static NoteSigner FromPem(string name, string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].Equals(PrivateKeyLabel, StringComparison.Ordinal))
        {
            throw new CryptographicException("The text is no private key in PEM.");
        }

        var key = Convert.FromBase64String(pem[fields.Base64Data]);
        if (Ed25519.Seed(key) is { } seed)
        {
            return OfSeed(name, seed);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key, out _);
        return ecdsa.KeySize == 256 ? Of(name, ecdsa) : throw new CryptographicException("The key is neither Ed25519 nor ECDSA on P-256.");
    }

    /// <summary>The private key, PKCS #8 in PEM.</summary>
    public string ToPem() =>
        PemEncoding.WriteString(PrivateKeyLabel, Verifier.Algorithm == NoteAlgorithm.Ed25519 ? Ed25519.PrivateKeyInfo(_privateKey) : _privateKey) + "\n";

    public NoteSignature Sign(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(Verifier.Name, Verifier.Id, Verifier.Algorithm == NoteAlgorithm.Ed25519 ? Ed25519.Sign(_privateKey, bytes) : SignEcdsa(bytes));
    }

    private static NoteSigner Of(string name, ECDsa ecdsa) =>
        new(NoteVerifier.Create(name, NoteAlgorithm.EcdsaP256, ecdsa.ExportSubjectPublicKeyInfo()), ecdsa.ExportPkcs8PrivateKey());

    private byte[] SignEcdsa(byte[] bytes)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(_privateKey, out _);
        return ecdsa.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
