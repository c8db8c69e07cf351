using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Pages;

namespace PartnerLedger.Api.Tests;

/// <summary>Walks every route of the API, and what is open beside it, with tokens of every kind; pages have a walk of their own.</summary>
public sealed class AccessTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private static readonly Role[] Everyone = Enum.GetValues<Role>();

    /// <summary>Who may use what, as the contract says it; a route that is not here fails, so that nobody forgets to decide. Null: open to all.</summary>
    private static readonly Dictionary<string, Role[]?> Contract = new(StringComparer.Ordinal)
    {
        ["POST /api/partnerships"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/proposed"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/undeveloped"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/active"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/struggling"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/failed"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/successful"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/ended"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/factors"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/partners"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/partners/{version:long}/left"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/name"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/regions"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/corrections"] = [Role.Leader],
        ["POST /api/partnerships/{id:guid}/erasures"] = [Role.Operator],
        ["GET /api/partnerships"] = [Role.Leader, Role.Auditor],
        ["GET /api/partnerships/{id:guid}"] = [Role.Leader, Role.Auditor],
        ["GET /api/partnerships/{id:guid}/history"] = [Role.Leader, Role.Auditor],
        ["GET /api/partnerships/{id:guid}/diff"] = [Role.Auditor],
        ["GET /api/regions"] = Everyone,
        ["GET /api/factors"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/factors/{code}"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["POST /api/factors"] = [Role.Analyst],
        ["PUT /api/factors/{code}"] = [Role.Analyst],
        ["GET /api/frameworks"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/frameworks/{code}"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["POST /api/frameworks"] = [Role.Analyst],
        ["PUT /api/frameworks/{code}"] = [Role.Analyst],
        ["POST /api/frameworks/{code}/erasures"] = [Role.Operator],
        ["GET /api/analysis/summary"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/analysis/factors"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/analysis/contrast"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/analysis/cooccurrence"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/analysis/trend"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/analysis/incidence"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/analysis/transitions"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/analysis/brief"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/analysis/complementarity"] = [Role.Leader, Role.Analyst, Role.Auditor],
        ["GET /api/events"] = [Role.Auditor],
        ["GET /api/audit/checkpoint"] = [Role.Auditor],
        ["GET /api/audit/key"] = [Role.Auditor],
        ["GET /api/audit/proofs/inclusion"] = [Role.Auditor],
        ["GET /api/audit/proofs/consistency"] = [Role.Auditor],
        ["GET /api/audit/tile/{**tile}"] = [Role.Auditor],
        ["GET /api/audit/kit"] = [Role.Auditor],
        ["GET /api/audit/verify"] = [Role.Auditor],
        ["GET /api/audit/reads"] = [Role.Auditor],
        ["POST /api/operations/audit/key-rotation"] = [Role.Operator],
        ["POST /api/operations/audit/acceptance"] = [Role.Operator],
        ["POST /api/operations/people/{id:guid}/erasure"] = [Role.Operator],
        ["POST /api/imports"] = [Role.Leader],
        ["GET /api/imports/{id:guid}"] = [Role.Leader, Role.Auditor],
        ["GET /api/imports/templates/{file}"] = [Role.Leader],
        ["GET /api/exports/partnerships"] = [Role.Leader, Role.Auditor],
        ["GET /api/exports/notes"] = [Role.Leader, Role.Auditor],
        ["GET /api/operations/projections"] = [Role.Operator],
        ["POST /api/operations/projections/{name}/rebuild"] = [Role.Operator],
        ["POST /api/operations/projections/{name}/parked/{id:guid}/retry"] = [Role.Operator],
        ["POST /api/dev/token"] = null,
        ["GET /health/live"] = null,
        ["GET /health/ready"] = null,
        ["GET /openapi/{documentName}.json"] = null,
    };

    private static readonly (string Kind, Func<Role[], string> Make)[] BadTokens =
    [
        ("expired", Tokens.Expired),
        ("for another service", Tokens.ForAnotherService),
        ("from another issuer", Tokens.FromAnotherIssuer),
        ("signed by someone else", Tokens.SignedBySomeoneElse),
        ("with another algorithm", Tokens.WithAnotherAlgorithm),
        ("without a subject", Tokens.WithoutSubject),
        ("unsigned", Tokens.Unsigned),
        ("no token at all", _ => "nonsense"),
    ];

    [Fact]
    public void Every_route_is_in_the_contract_and_every_line_of_the_contract_is_a_route() =>
        Assert.Equal(Contract.Keys.Order(StringComparer.Ordinal), Routes().Select(Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Without_a_token_only_open_routes_answer()
    {
        using var client = service.CreateClient();
        foreach (var route in Routes())
        {
            using var response = await Ask(client, route);
            if (Contract[Name(route)] is null)
            {
                Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
                continue;
            }

            await response.MustBe("unauthenticated", HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer", response.WwwAuthenticate());
        }
    }

    [Fact]
    public async Task Each_role_may_what_the_contract_says_and_nothing_else()
    {
        foreach (var role in Everyone)
        {
            using var client = service.ClientOf(role);
            foreach (var route in Routes())
            {
                using var response = await Ask(client, route);
                Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
                if (Contract[Name(route)] is { } allowed && !allowed.Contains(role))
                {
                    await response.MustBe("forbidden", HttpStatusCode.Forbidden);
                    Assert.Equal("Bearer error=\"insufficient_scope\"", response.WwwAuthenticate());
                }
                else
                {
                    Assert.NotEqual(HttpStatusCode.Forbidden, response.StatusCode);
                }
            }
        }
    }

    [Fact]
    public async Task A_bad_token_opens_no_closed_route()
    {
        foreach (var (kind, make) in BadTokens)
        {
            using var client = service.ClientWith(make(Everyone));
            foreach (var route in Routes().Where(route => Contract[Name(route)] is not null))
            {
                using var response = await Ask(client, route);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{Name(route)}: a token {kind} was answered {response.StatusCode}.");
                await response.MustBe("unauthenticated", HttpStatusCode.Unauthorized);
                Assert.StartsWith("Bearer error=\"invalid_token\"", response.WwwAuthenticate(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task One_role_may_stand_as_a_text_instead_of_a_list()
    {
        using var client = service.ClientWith(Tokens.Make([], roleClaim: "leader"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/regions")).StatusCode);
    }

    private IEnumerable<RouteEndpoint> Routes() => service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => !PageAccessTests.IsForPages(route));

    private static string Name(RouteEndpoint route) => $"{Method(route)} /{route.RoutePattern.RawText!.TrimStart('/')}";

    private static string Method(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "GET";

    private static async Task<HttpResponseMessage> Ask(HttpClient client, RouteEndpoint route)
    {
        var path = string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { Name: "documentName" } => "v1",
            RoutePatternParameterPart { Name: "id" } => "0199f000-0000-7000-8000-000000000000",
            _ => "1",
        }))));

        // A body that is no JSON: who may not ask at all is not told so.
        using var request = new HttpRequestMessage(new HttpMethod(Method(route)), "/" + path)
        {
            Content = Method(route) == "GET" ? null : Answers.Json("{"),
        };
        return await client.SendAsync(request);
    }
}
