using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Pages.Session;

namespace PartnerLedger.Api.Security;

/// <summary>Checks bearer tokens (RFC 6750): signature by an allowed algorithm, issuer, audience, lifetime, subject. For pages a session stands in for them.</summary>
internal static class SignIn
{
    private static readonly HashSet<string> AuthorityAlgorithms = new(StringComparer.Ordinal)
    {
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    };

    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        var settings = SignInSettings.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(settings).AddSingleton<RememberingTokenHandler>().AddAccess();
        if (settings.IsDevelopment)
        {
            var key = DevelopmentKey.Read(builder.Configuration, () => DataDirectory.Of(builder.Configuration));
            builder.Services.AddSingleton(services => new DevelopmentIssuer(key, settings, services.GetRequiredService<TimeProvider>()));
        }

        builder.Services.AddAuthentication(PageSession.Either)
            .AddJwtBearer()
            .AddPageSession(settings, builder.Configuration);
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IServiceProvider>((options, services) => Configure(options, settings, services));
        return builder;
    }

    private static void Configure(JwtBearerOptions options, SignInSettings settings, IServiceProvider services)
    {
        var development = services.GetService<DevelopmentIssuer>();
        options.Authority = settings.Authority?.OriginalString;
        options.RequireHttpsMetadata = settings.Authority?.Scheme != Uri.UriSchemeHttp;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(services.GetRequiredService<RememberingTokenHandler>());
        options.TokenValidationParameters = new TokenValidationParameters
        {
            AlgorithmValidator = IsAllowed,
            ClockSkew = TimeSpan.FromSeconds(30),
            IssuerSigningKeys = development is null ? [] : [development.Key],
            NameClaimType = JwtRegisteredClaimNames.Sub,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            RoleClaimType = settings.RoleClaim,
            ValidAudience = settings.Audience,
            ValidIssuers = development is null ? [] : [DevelopmentIssuer.Name],
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = validated =>
            {
                if (string.IsNullOrEmpty(validated.Principal?.FindFirst(JwtRegisteredClaimNames.Sub)?.Value))
                {
                    validated.Fail(new SecurityTokenValidationException("The token names no subject."));
                }

                return Task.CompletedTask;
            },
            OnForbidden = forbidden =>
            {
                forbidden.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>The development key vouches for the development issuer alone, and that issuer for nothing else: keys cannot be confused.</summary>
    private static bool IsAllowed(string algorithm, SecurityKey key, SecurityToken token, TokenValidationParameters parameters) =>
        token.Issuer == DevelopmentIssuer.Name
            ? algorithm == SecurityAlgorithms.HmacSha256 && key is SymmetricSecurityKey
            : key is not SymmetricSecurityKey && AuthorityAlgorithms.Contains(algorithm);
}
