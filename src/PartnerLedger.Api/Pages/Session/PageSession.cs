using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Pages.Session;

/// <summary>
/// The session of whoever looks at pages: a cookie that this service alone can read. It also reads the API, so that pages can link
/// to downloads; it never changes anything there, which takes a token.
/// </summary>
internal static class PageSession
{
    /// <summary>A token where there is one, the session for pages.</summary>
    public const string Either = "either";

    public const string Cookie = "session";

    /// <summary>Signing in by the issuer whose tokens are trusted.</summary>
    public const string Issuer = "issuer";

    public const string Page = "/sign-in";

    private const string CookieName = "partnerledger-session";

    public static AuthenticationBuilder AddPageSession(this AuthenticationBuilder authentication, SignInSettings settings, IConfiguration configuration)
    {
        authentication.Services.AddAntiforgery();
        // Nodes that share the directory read each other's cookies.
        authentication.Services.AddDataProtection()
            .SetApplicationName("partnerledger")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(DataDirectory.Of(configuration), "sessions")));
        authentication
            .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector = Choose)
            .AddCookie(Cookie, Configure);
        return settings.ClientId is not null
            ? authentication.AddOpenIdConnect(Issuer, options => Configure(options, settings))
            : authentication;
    }

    private static string Choose(HttpContext context)
    {
        var request = context.Request;
        return request.Headers.Authorization.Count == 0 && (PageMetadata.IsPage(context) || (IsSafe(request) && request.Cookies.ContainsKey(CookieName)))
            ? Cookie
            : JwtBearerDefaults.AuthenticationScheme;
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        // A view that a colleague sends is opened signed in; what a foreign page posts is not.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
        options.LoginPath = Page;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToLogin = redirect =>
        {
            if (!PageMetadata.IsPage(redirect.HttpContext))
            {
                return redirect.HttpContext.ChallengeAsync(JwtBearerDefaults.AuthenticationScheme);
            }

            // What a form brought is not carried over: whoever sent it is told so.
            redirect.Response.Redirect(IsSafe(redirect.Request) ? redirect.RedirectUri : $"{redirect.RedirectUri}&ended=true");
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = denied =>
        {
            denied.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static void Configure(OpenIdConnectOptions options, SignInSettings settings)
    {
        options.Authority = settings.Authority!.OriginalString;
        options.RequireHttpsMetadata = settings.Authority.Scheme != Uri.UriSchemeHttp;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.UsePkce = true;
        // The issuer sends people back by an address, with which cookies come along also where TLS ends before this service.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // Who turned back at the issuer, or came with what it did not give, may try again.
        options.Events.OnRemoteFailure = failure =>
        {
            failure.Response.Redirect($"{Page}?refused=true");
            failure.HandleResponse();
            return Task.CompletedTask;
        };
        options.SignInScheme = Cookie;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.CallbackPath = "/sign-in/callback";
        options.TokenValidationParameters.NameClaimType = JwtRegisteredClaimNames.Sub;
        options.TokenValidationParameters.RoleClaimType = settings.RoleClaim;
        // Who somebody is, is issuer and subject together.
        options.ClaimActions.Remove(JwtRegisteredClaimNames.Iss);
    }

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
