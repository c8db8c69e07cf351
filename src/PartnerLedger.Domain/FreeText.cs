using System.Security.Cryptography;
using System.Text;

namespace PartnerLedger.Domain;

/// <summary>What somebody wrote, as an event keeps it: a commitment to the text, which itself lies elsewhere and can be erased.</summary>
public sealed record FreeText(string Sha256)
{
    private const int SaltLength = 32;

    // A lone surrogate would silently become U+FFFD, and the commitment one to another text.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static FreeText Commit(ReadOnlySpan<byte> salt, string text)
    {
        if (salt.Length != SaltLength) throw new ArgumentException($"A salt has {SaltLength} bytes.", nameof(salt));
        var salted = new byte[SaltLength + Utf8.GetByteCount(text)];
        salt.CopyTo(salted);
        Utf8.GetBytes(text, salted.AsSpan(SaltLength));
        return new(Convert.ToHexStringLower(SHA256.HashData(salted)));
    }
}
