using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.IdentityModel.Tokens;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests;

/// <summary>The service trusts an OpenID Connect issuer, and only it.</summary>
public sealed class AuthorityTests(Issuer issuer, ServiceFactory service) : IClassFixture<Issuer>, IClassFixture<ServiceFactory>
{
    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha256)]
    [InlineData(SecurityAlgorithms.RsaSha512)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256)]
    [InlineData(SecurityAlgorithms.EcdsaSha256)]
    public async Task A_token_of_the_issuer_signs_in_however_it_was_signed(string algorithm)
    {
        await using var node = Trusting("Staging");
        var credentials = algorithm.StartsWith("ES", StringComparison.Ordinal) ? issuer.Curve(algorithm) : issuer.Rsa(algorithm);
        Assert.Equal(HttpStatusCode.OK, await Ask(node, Token(credentials)));
    }

    [Fact]
    public async Task The_claim_that_holds_the_roles_can_be_chosen()
    {
        await using var node = Trusting("Staging", ("Authentication:RoleClaim", "groups"), ("Authentication:Audience", "ledger"));
        Assert.Equal(HttpStatusCode.OK, await Ask(node, Token(issuer.Rsa(SecurityAlgorithms.RsaSha256), audience: "ledger")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(node, Token(issuer.Rsa(SecurityAlgorithms.RsaSha256))));
    }

    [Fact]
    public async Task Tokens_that_the_issuer_did_not_give_for_this_service_do_not_sign_in()
    {
        await using var node = Trusting("Staging");
        var good = issuer.Rsa(SecurityAlgorithms.RsaSha256);
        using var stranger = RSA.Create(2048);
        string[] bad =
        [
            Token(good, audience: "another"),
            Token(good, issuedBy: "https://elsewhere.example"),
            Token(good, expires: DateTime.UtcNow.AddSeconds(-61)),
            Token(new SigningCredentials(new RsaSecurityKey(stranger) { KeyId = "rsa" }, SecurityAlgorithms.RsaSha256)),
            // The public key taken for a shared secret, as a confused verifier would.
            Token(new SigningCredentials(new SymmetricSecurityKey(((RsaSecurityKey)good.Key).Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "rsa" }, SecurityAlgorithms.HmacSha256)),
            Token(good, issuedBy: DevelopmentIssuer.Name),
            Tokens.Of(Role.Leader),
            Tokens.Unsigned(Role.Leader),
        ];
        foreach (var token in bad)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await Ask(node, token));
        }
    }

    [Fact]
    public async Task Outside_development_nobody_can_make_a_token()
    {
        await using var node = Trusting("Staging");
        await (await node.CreateClient().PostAsync("/api/dev/token", Answers.Json("""{"name":"Ann"}"""))).MustBe("not-found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task In_development_both_issuers_sign_in_and_neither_speaks_for_the_other()
    {
        await using var node = Trusting("Development");
        var good = issuer.Rsa(SecurityAlgorithms.RsaSha256);
        Assert.Equal(HttpStatusCode.OK, await Ask(node, Token(good)));
        Assert.Equal(HttpStatusCode.OK, await Ask(node, Tokens.Of(Role.Leader)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(node, Token(good, issuedBy: DevelopmentIssuer.Name)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(node, Tokens.Make([Role.Leader], issuer: issuer.Address)));
    }

    [Fact]
    public async Task A_remembered_token_is_not_taken_for_another()
    {
        await using var node = Trusting("Staging");
        var token = Token(issuer.Rsa(SecurityAlgorithms.RsaSha256));
        Assert.Equal(HttpStatusCode.OK, await Ask(node, token));
        Assert.Equal(HttpStatusCode.OK, await Ask(node, token));
        var at = token.LastIndexOf('.') + 10;
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(node, token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..]));
    }

    private string Token(SigningCredentials credentials, string audience = "partnerledger", string? issuedBy = null, DateTime? expires = null) =>
        Tokens.Make([Role.Leader], issuer: issuedBy ?? issuer.Address, audience: audience, expires: expires, credentials: credentials);

    private static async Task<HttpStatusCode> Ask(WebApplicationFactory<Program> node, string token)
    {
        using var client = node.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var response = await client.GetAsync("/api/regions");
        return response.StatusCode;
    }

    private WebApplicationFactory<Program> Trusting(string environment, params (string Name, string Value)[] settings) => service.AnotherNode(builder =>
    {
        builder.UseEnvironment(environment).UseSetting("Authentication:Authority", issuer.Address);
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }
    });
}
