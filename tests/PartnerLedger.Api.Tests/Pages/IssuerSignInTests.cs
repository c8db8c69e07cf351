using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Pages;

/// <summary>People sign in to the pages at an OpenID Connect issuer, by code and proof key.</summary>
public sealed class IssuerSignInTests(Issuer issuer, ServiceFactory service) : IClassFixture<Issuer>, IClassFixture<ServiceFactory>
{
    [Fact]
    public async Task Who_the_issuer_knows_comes_back_signed_in_with_the_roles_it_gave()
    {
        issuer.SignsIn = nonce => Token(nonce, "pages");
        await using var node = Node();
        using var visitor = new PageVisitor(node);
        using var back = await Return(visitor);
        Assert.Equal("/audit", back.Headers.Location!.OriginalString);
        using var audit = await visitor.Get("/audit");
        Assert.Equal(HttpStatusCode.OK, audit.StatusCode);
        using var imports = await visitor.Get("/imports");
        Assert.Equal(HttpStatusCode.Forbidden, imports.StatusCode);
        using var read = await visitor.Get("/api/audit/checkpoint");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_token_for_another_service_signs_nobody_in()
    {
        issuer.SignsIn = nonce => Token(nonce, "another");
        await using var node = Node();
        using var visitor = new PageVisitor(node);
        using var refused = await Return(visitor);
        Assert.Equal("/sign-in?refused=true", refused.Headers.Location!.OriginalString);
        using var audit = await visitor.Get("/audit");
        Assert.Equal(HttpStatusCode.Redirect, audit.StatusCode);
    }

    [Fact]
    public async Task Nobody_chooses_roles_where_an_issuer_gives_them()
    {
        await using var node = Node();
        using var visitor = new PageVisitor(node);
        using var chosen = await visitor.Post("/sign-in/development", new FormUrlEncodedContent([new("name", "me"), new("roles", "Auditor")]));
        Assert.Equal(HttpStatusCode.NotFound, chosen.StatusCode);
    }

    // To the issuer, and back with its code.
    private static async Task<HttpResponseMessage> Return(PageVisitor visitor)
    {
        using var begun = await visitor.Get("/sign-in/issuer?returnUrl=/audit");
        using var issuer = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var known = await issuer.GetAsync(begun.Headers.Location);
        return await visitor.Get(known.Headers.Location!.PathAndQuery);
    }

    private string Token(string nonce, string audience) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer.Address,
        Audience = audience,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Sub] = "somebody",
            [JwtRegisteredClaimNames.Nonce] = nonce,
            ["roles"] = new[] { Role.Auditor.Word() },
        },
        SigningCredentials = issuer.Rsa(SecurityAlgorithms.RsaSha256),
    });

    private WebApplicationFactory<Program> Node() => service.AnotherNode(builder => builder
        .UseEnvironment("Staging")
        .UseSetting("Authentication:Authority", issuer.Address)
        .UseSetting("Authentication:ClientId", "pages"));
}
