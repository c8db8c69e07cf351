using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace PartnerLedger.Api.Security;

/// <summary>Who asks: the issuer that vouches for the subject, and the subject.</summary>
internal sealed record Caller(string Issuer, string Subject)
{
    public static Caller From(HttpContext context) => From(context.User);

    public static Caller From(ClaimsPrincipal user) =>
        user.FindFirst(JwtRegisteredClaimNames.Sub) is { } subject && user.FindFirst(JwtRegisteredClaimNames.Iss) is { } issuer
            ? new Caller(issuer.Value, subject.Value)
            : throw new InvalidOperationException("The route is open, or its token was not checked: it has no caller.");
}
