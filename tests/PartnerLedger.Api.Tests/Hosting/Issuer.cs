using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>A small OpenID Connect issuer on this machine: discovery, keys, and tokens signed with RSA or an elliptic curve.</summary>
public sealed class Issuer : IAsyncLifetime
{
    private readonly RsaSecurityKey rsa = new(RSA.Create(2048)) { KeyId = "rsa" };
    private readonly ECDsaSecurityKey curve = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "curve" };
    private WebApplication? app;

    public string Address { get; private set; } = "";

    /// <summary>Makes the token of whoever signs in by a page, from the nonce that the page's service sent.</summary>
    internal Func<string, string> SignsIn { get; set; } = _ => throw new InvalidOperationException("Nobody signs in here.");

    internal SigningCredentials Rsa(string algorithm) => new(rsa, algorithm);

    internal SigningCredentials Curve(string algorithm) => new(curve, algorithm);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(JsonSerializer.Serialize(new { issuer = Address, jwks_uri = Address + "/keys", authorization_endpoint = Address + "/authorize", token_endpoint = Address + "/token" }), "application/json"));
        app.MapGet("/keys", () => Results.Text(Keys(), "application/json"));
        // Everybody is known here: the code is the nonce that the token has to repeat.
        app.MapGet("/authorize", (string redirect_uri, string state, string nonce, string code_challenge) =>
            Results.Redirect($"{redirect_uri}?code={Uri.EscapeDataString(nonce)}&state={Uri.EscapeDataString(state)}"));
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return form["code_verifier"].Count == 1
                ? Results.Text(JsonSerializer.Serialize(new { access_token = "unused", token_type = "Bearer", id_token = SignsIn(form["code"].ToString()) }), "application/json")
                : Results.BadRequest();
        });
        await app.StartAsync();
        Address = app.Urls.Single();
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        rsa.Rsa.Dispose();
        curve.ECDsa.Dispose();
    }

    private string Keys()
    {
        var modulus = rsa.Rsa.ExportParameters(includePrivateParameters: false);
        var point = curve.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "RSA", use = "sig", kid = "rsa", n = Base64UrlEncoder.Encode(modulus.Modulus), e = Base64UrlEncoder.Encode(modulus.Exponent) },
                new { kty = "EC", use = "sig", kid = "curve", crv = "P-256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) },
            },
        });
    }
}
