using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>Good tokens and bad ones, as the development issuer would sign them.</summary>
internal static class Tokens
{
    public const string Secret = "a secret that only the tests know, and nobody else";

    private static readonly SymmetricSecurityKey Key = new(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    public static string Of(params Role[] roles) => Make(roles: roles);

    public static string Expired(params Role[] roles) => Make(roles: roles, expires: DateTime.UtcNow.AddSeconds(-61));

    public static string ForAnotherService(params Role[] roles) => Make(roles: roles, audience: "another");

    public static string FromAnotherIssuer(params Role[] roles) => Make(roles: roles, issuer: "https://elsewhere.example");

    public static string SignedBySomeoneElse(params Role[] roles) =>
        Make(roles: roles, credentials: new SigningCredentials(new SymmetricSecurityKey(new byte[32]), SecurityAlgorithms.HmacSha256));

    public static string WithAnotherAlgorithm(params Role[] roles) =>
        Make(roles: roles, credentials: new SigningCredentials(Longer(), SecurityAlgorithms.HmacSha512));

    public static string WithoutSubject(params Role[] roles) => Make(roles: roles, subject: null);

    public static string Unsigned(params Role[] roles)
    {
        var payload = Of(roles).Split('.')[1];
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{payload}.";
    }

    public static string Make(
        Role[] roles,
        string? subject = "ann",
        string issuer = DevelopmentIssuer.Name,
        string audience = "partnerledger",
        DateTime? expires = null,
        SigningCredentials? credentials = null,
        object? roleClaim = null)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["roles"] = roleClaim ?? roles.Select(Access.Word).ToArray() };
        if (subject is not null)
        {
            claims["sub"] = subject;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Expires = expires ?? DateTime.UtcNow.AddHours(1),
            Claims = claims,
            SigningCredentials = credentials ?? new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
        });
    }

    private static SymmetricSecurityKey Longer() => new([.. Key.Key, .. Key.Key]);
}
