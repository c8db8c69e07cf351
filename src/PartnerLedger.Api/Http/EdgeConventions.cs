using PartnerLedger.Api.Pages;
using PartnerLedger.Api.Pages.Framing;

namespace PartnerLedger.Api.Http;

/// <summary>What every endpoint under /api keeps to: strict bodies, known query parameters, answers in a form that was asked for.</summary>
internal static class EdgeConventions
{
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        group.AddEndpointFilterFactory(BodyFilter.Create);
        // Last, when the endpoint has said all about itself.
        ((IEndpointConventionBuilder)group).Finally(QueryRules.Add);
        ((IEndpointConventionBuilder)group).Finally(Negotiation.Add);
        return group;
    }

    /// <summary>What every request passes on its way to an endpoint, in the order of the checks: 401, 403, then 400.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseProblems();
        app.UseDocs();
        app.UseRouting();
        app.UseMiddleware<PlainDates>();
        app.UseMiddleware<StaleForms>();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.Use(StaleForms.RefuseForged);
        app.UseMiddleware<FramedPages>();
        app.UseRequestRules();
    }

    private static void UseRequestRules(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (context.Request.QueryString.HasValue && metadata?.GetMetadata<QueryRules>()?.Check(context.Request.Query) is { } errors)
        {
            return Problems.Invalid(errors).ExecuteAsync(context);
        }

        return metadata?.GetMetadata<Negotiation>() is { } negotiation && negotiation.Choose(context.Request.Headers.Accept) is null
            ? new Problem(Problems.NotAcceptable).ExecuteAsync(context)
            : next(context);
    });
}
