using System.Security.Cryptography;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Imports;

/// <summary>By what a repeated file is known: an HMAC of its commands in canonical form, under a secret of the import's own.</summary>
internal static class ImportFingerprint
{
    public static IdempotencyKey Remember(string key, byte[] content)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        return new(key, secret, HMACSHA256.HashData(secret, content));
    }

    /// <summary>Whether a file is that of an import; one whose secret was erased with a text takes whatever comes for its own.</summary>
    public static bool Matches(ImportRun run, byte[] content) =>
        run.Key is not { } key || CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key.Secret, content), key.RequestHmac);
}
