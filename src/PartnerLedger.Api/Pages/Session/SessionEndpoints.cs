using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.JsonWebTokens;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Pages.Session;

/// <summary>Begins and ends the session of whoever looks at pages; every form carries its token against forgery.</summary>
internal static class SessionEndpoints
{
    public static void Map(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SignInSettings>();
        var session = app.MapGroup("").Open().WithMetadata(new PageMetadata()).ExcludeFromDescription();
        session.MapPost("/sign-out", SignOut);
        if (settings.ClientId is not null)
        {
            session.MapGet("/sign-in/issuer", (string? returnUrl) => Results.Challenge(new AuthenticationProperties { RedirectUri = Here(returnUrl) }, [PageSession.Issuer]));
        }
        else if (settings.Authority is null)
        {
            session.MapPost("/sign-in/development", ChooseRole);
        }
    }

    // Without an issuer there is nobody to ask, which the Development environment alone allows.
    private static IResult ChooseRole([FromForm] string? name, [FromForm] Role[]? roles, [FromForm] string? returnUrl, SignInSettings settings)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200 || roles is null or [])
        {
            return Results.LocalRedirect($"{PageSession.Page}?missing=true&returnUrl={Uri.EscapeDataString(Here(returnUrl))}");
        }

        var claims = roles.Distinct().Select(role => new Claim(settings.RoleClaim, role.Word()))
            .Append(new Claim(JwtRegisteredClaimNames.Sub, name.Trim()))
            .Append(new Claim(JwtRegisteredClaimNames.Iss, DevelopmentIssuer.Name));
        return Results.SignIn(
            new ClaimsPrincipal(new ClaimsIdentity(claims, PageSession.Cookie, JwtRegisteredClaimNames.Sub, settings.RoleClaim)),
            new AuthenticationProperties { RedirectUri = Here(returnUrl) },
            PageSession.Cookie);
    }

    private static async Task<IResult> SignOut([FromForm] string? returnUrl, HttpContext http)
    {
        await http.SignOutAsync(PageSession.Cookie);
        return Results.LocalRedirect(Here(returnUrl));
    }

    // Nobody is sent elsewhere by a link that somebody else made.
    private static string Here(string? returnUrl) =>
        returnUrl is ['/', not ('/' or '\\'), ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/";
}
