using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Security;

/// <summary>A token for trying the service out, without an identity provider.</summary>
internal static class CreateDevelopmentToken
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/dev/token", (Body<Request> body, DevelopmentIssuer issuer) =>
            TypedResults.Ok(new Response(issuer.Issue(body.Value.Name, body.Value.Roles ?? []))))
            .Open()
            .WithTags("Development")
            .WithSummary("A token for trying the service out");

    internal sealed record Request(string Name, IReadOnlyList<Role>? Roles = null) : IValidated
    {
        public void Validate(Errors errors) => errors.Require("/name", Name, 200);
    }

    internal sealed record Response(string Token);
}
