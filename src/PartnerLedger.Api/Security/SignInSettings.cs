using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Security;

/// <summary>Whose tokens the service trusts, as the configuration says; refuses what would leave the ledger open.</summary>
internal sealed record SignInSettings(Uri? Authority, string Audience, string RoleClaim, bool IsDevelopment)
{
    /// <summary>Under which name the issuer knows the pages; null where people do not sign in by it.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public static SignInSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var authority = configuration["Authentication:Authority"];
        if (string.IsNullOrWhiteSpace(authority))
        {
            return environment.IsDevelopment()
                ? new SignInSettings(null, AudienceOf(configuration), RoleClaimOf(configuration), IsDevelopment: true)
                : throw new StartRefusedException("Authentication:Authority must name the OpenID Connect issuer whose tokens are trusted; only the Development environment does without.");
        }

        if (!Uri.TryCreate(authority, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || IsHome(uri, environment)))
        {
            throw new StartRefusedException("Authentication:Authority must be an https address, because the keys that sign tokens are fetched from it.");
        }

        return new SignInSettings(uri, AudienceOf(configuration), RoleClaimOf(configuration), environment.IsDevelopment())
        {
            ClientId = configuration["Authentication:ClientId"] is { Length: > 0 } id ? id : null,
            ClientSecret = configuration["Authentication:ClientSecret"],
        };
    }

    private static bool IsHome(Uri uri, IHostEnvironment environment) =>
        uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && !environment.IsProduction();

    private static string AudienceOf(IConfiguration configuration) => Or(configuration["Authentication:Audience"], "partnerledger");

    private static string RoleClaimOf(IConfiguration configuration) => Or(configuration["Authentication:RoleClaim"], "roles");

    private static string Or(string? setting, string otherwise) => string.IsNullOrWhiteSpace(setting) ? otherwise : setting;
}
