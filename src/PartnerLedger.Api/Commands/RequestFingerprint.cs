using System.Security.Cryptography;
using System.Text;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Commands;

/// <summary>By what a repeated request is known: method, path and canonical body.</summary>
internal sealed class RequestFingerprint(string method, string path, ReadOnlyMemory<byte> canonicalBody)
{
    /// <summary>An idempotency key under which this request is remembered, by an HMAC with a secret of its own.</summary>
    public IdempotencyKey Remember(string key)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        return new(key, secret, Hmac(secret));
    }

    /// <summary>Whether a remembered answer belongs to this request; one whose HMAC was erased answers whatever comes.</summary>
    public bool Matches(RememberedAnswer remembered) =>
        remembered.Secret is not { } secret || remembered.RequestHmac is not { } hmac || CryptographicOperations.FixedTimeEquals(Hmac(secret), hmac);

    private byte[] Hmac(byte[] secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{method}\n{path}\n"));
        hmac.AppendData(canonicalBody.Span);
        return hmac.GetHashAndReset();
    }
}
