using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PartnerLedger.Api.Security;

/// <summary>
/// Remembers for a minute that a token was valid: a caller sends the same one with every request, and checking the signature again tells
/// nothing new. A key that the issuer withdraws is refused within that minute, an expired token at once.
/// </summary>
internal sealed class RememberingTokenHandler(TimeProvider clock) : JsonWebTokenHandler
{
    private const int MaxTokens = 4096;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (TokenValidationResult Result, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(token, out var remembered) && now < remembered.Until)
        {
            return remembered.Result;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            Remember(token, result, now);
        }

        return result;
    }

    private void Remember(string token, TokenValidationResult result, DateTimeOffset now)
    {
        if (known.Count >= MaxTokens)
        {
            known.Clear();
        }

        // Made once, here: requests that share the result only read it.
        _ = result.ClaimsIdentity;
        var expiry = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero);
        known[token] = (result, expiry < now + Longest ? expiry : now + Longest);
    }
}
