using Microsoft.AspNetCore.Components;
using PartnerLedger.Api.Frameworks;
using PartnerLedger.Api.Pages.Catalogue;

namespace PartnerLedger.Api.Pages.Frameworks;

/// <summary>What adding and revising a framework share.</summary>
public abstract class FrameworkFormPage : LedgerPage
{
    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected FrameworkForm? Form { get; set; }

    protected ApiProblem? Problem { get; set; }

    protected IReadOnlyList<NamedFactor> Factors => [.. Catalogue.Factors.Select(NamedFactor.Of)];

    protected override async Task Load()
    {
        await Catalogue.Read(Http);
        Problem = Catalogue.Problem;
    }

    protected async Task Send(string method, string route, bool withCode)
    {
        Form = FrameworkForm.Of(Http.Request.Form);
        if (Form.FaultyTerms().ToList() is { Count: > 0 } faulty)
        {
            Problem = ApiProblem.OfForm(FrameworkForm.Crosswalk, faulty);
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var answer = await Send<FrameworkCommands.Answer>(method, route, Form.ToRequest(withCode), Form.Key, Form.Version);
        Problem = answer.Problem is { } problem ? Form.Told(problem) : null;
        if (answer.Value is { } framework)
        {
            Navigation.NavigateTo($"/frameworks/{framework.Code}");
        }
    }
}
