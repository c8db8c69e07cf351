namespace PartnerLedger.Api.Http;

/// <summary>Sees to it that every refusal, whoever made it, is answered as a problem.</summary>
internal static class ProblemExtensions
{
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddExceptionHandler<FaultHandler>()
            // What cannot be bound is our caller's mistake: 400 in every environment, never an exception.
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

    /// <summary>Says in the API's description which problems an endpoint may answer with, beyond those that every endpoint may.</summary>
    public static TBuilder MayRefuse<TBuilder>(this TBuilder endpoint, params ProblemType[] types)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ProblemMetadata(types));

    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) =>
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = context => new Problem(Problems.Fault).ExecuteAsync(context) })
            .UseStatusCodePages(bare => Problems.Bare(bare.HttpContext.Response.StatusCode).ExecuteAsync(bare.HttpContext));
}
