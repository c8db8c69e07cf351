using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Pages;

/// <summary>What a person sees where a program would be answered a problem.</summary>
public sealed partial class ProblemDocument
{
    [Parameter, EditorRequired]
    public ApiProblem Problem { get; set; } = null!;

    /// <summary>Whether a browser asked, and for a page.</summary>
    internal static bool IsFor(HttpContext context) =>
        PageMetadata.IsPage(context)
        && MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    /// <summary>Shows why a page could not be; what the API said to it, if anything, says more than the status.</summary>
    internal static async Task Write(HttpContext context, Problem problem)
    {
        // The page that was begun and given up may have said so.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        var shown = context.Items[typeof(ApiProblem)] is ApiProblem said && said.Status == problem.Type.Status
            ? said
            : new ApiProblem(problem.Type.Status, problem.Type.Title, problem.Detail, ApiProblem.By(problem.Errors), null, [], RequestTrace.From(context).CorrelationId);
        // It had set up what a scope has once, too, so this one is rendered in a scope of its own.
        var begun = context.RequestServices;
        await using var scope = begun.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<ProblemDocument>(new { Problem = shown }) { StatusCode = problem.Type.Status }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = begun;
        }
    }
}
