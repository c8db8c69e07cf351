using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PartnerLedger.Api.Security;

/// <summary>Makes tokens for whoever develops against the service; exists in the Development environment alone.</summary>
internal sealed class DevelopmentIssuer(byte[] key, SignInSettings settings, TimeProvider clock)
{
    public const string Name = "urn:partnerledger:development";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public SymmetricSecurityKey Key { get; } = new(key) { KeyId = "development" };

    public string Issue(string name, IEnumerable<Role> roles)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = settings.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [JwtRegisteredClaimNames.Sub] = name,
                [settings.RoleClaim] = roles.Distinct().Select(Access.Word).ToArray(),
            },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
        });
    }
}
