using Microsoft.AspNetCore.Authorization;

namespace PartnerLedger.Api.Security;

/// <summary>Who may use a route; one that names nobody is closed to all.</summary>
internal static class Access
{
    public static TBuilder RequireRoles<TBuilder>(this TBuilder endpoint, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizeAttribute { Roles = string.Join(',', roles.Select(Word)) });

    /// <summary>For whoever carries a valid token, in any role.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization();

    public static TBuilder Open<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AllowAnonymous();

    public static IServiceCollection AddAccess(this IServiceCollection services) => services.AddAuthorization(options =>
        options.FallbackPolicy = new AuthorizationPolicyBuilder()
            // What is no route of ours (404, or 405 by the router) has nothing to protect.
            .RequireAssertion(asked => asked.Resource is HttpContext context && context.GetEndpoint() is not RouteEndpoint)
            .Build());

    public static string Word(this Role role) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(role.ToString());
}
