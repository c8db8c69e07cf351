using System.Security.Cryptography;

namespace PartnerLedger.Transparency;

/// <summary>Ed25519 signatures (RFC 8032) by the system's libcrypto, for the base library has none.</summary>
internal static class Ed25519
{
    /// <summary>Of a public key and of a seed, in bytes.</summary>
    public const int KeyLength = 32;

    private const int SignatureLength = 64;

    // What DER puts before the seed in a PrivateKeyInfo, and before the key in a SubjectPublicKeyInfo (RFC 8410).
    private static readonly byte[] SeedPrefix = Convert.FromHexString("302e020100300506032b657004220420");
    private static readonly byte[] KeyPrefix = Convert.FromHexString("302a300506032b6570032100");

    public static bool IsAvailable => Libcrypto.IsAvailable;

    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        using var key = PrivateKey(seed);
        var publicKey = new byte[KeyLength];
        nuint length = KeyLength;
        Check(Libcrypto.GetRawPublicKey(key, publicKey, ref length) == 1 && length == KeyLength);
        return publicKey;
    }

    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        using var key = PrivateKey(seed);
        using var context = Libcrypto.NewContext();
        var signature = new byte[SignatureLength];
        nuint length = SignatureLength;
        Check(Libcrypto.SignInit(context, 0, 0, 0, key) == 1);
        Check(Libcrypto.Sign(context, signature, ref length, message, (nuint)message.Length) == 1 && length == SignatureLength);
        return signature;
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        using var key = Libcrypto.NewRawPublicKey(Libcrypto.Ed25519, 0, publicKey, (nuint)publicKey.Length);
        using var context = Libcrypto.NewContext();
        Check(!key.IsInvalid && Libcrypto.VerifyInit(context, 0, 0, 0, key) == 1);
        return Libcrypto.Verify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
    }

    public static byte[] PrivateKeyInfo(ReadOnlySpan<byte> seed) => [.. SeedPrefix, .. seed];

    public static byte[] SubjectPublicKeyInfo(ReadOnlySpan<byte> publicKey) => [.. KeyPrefix, .. publicKey];

    /// <summary>The seed in a PrivateKeyInfo; null where the key is of another kind.</summary>
    public static byte[]? Seed(ReadOnlySpan<byte> privateKeyInfo) =>
        privateKeyInfo.StartsWith(SeedPrefix) && privateKeyInfo.Length == SeedPrefix.Length + KeyLength ? privateKeyInfo[SeedPrefix.Length..].ToArray() : null;

    private static Libcrypto.Key PrivateKey(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, KeyLength, nameof(seed));
        var key = Libcrypto.NewRawPrivateKey(Libcrypto.Ed25519, 0, seed, KeyLength);
        Check(!key.IsInvalid);
        return key;
    }

    private static void Check(bool succeeded)
    {
        if (!succeeded)
        {
            throw new CryptographicException("libcrypto refused an Ed25519 operation.");
        }
    }
}
