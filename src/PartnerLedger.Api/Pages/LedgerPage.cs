using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using PartnerLedger.Api.Pages.Framing;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Pages;

/// <summary>What every page has: who looks at it, how they read numbers, and the API to ask.</summary>
public abstract class LedgerPage : ComponentBase
{
    private bool isLoaded;

    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    protected Reader Reader { get; set; } = null!;

    [Inject]
    private protected PageCatalogue Catalogue { get; set; } = null!;

    [Inject]
    private LedgerApi Api { get; set; } = null!;

    /// <summary>The page's own query, which a view is kept in, without what was left empty; with its question mark, or nothing.</summary>
    protected string Query => QueryBut();

    /// <summary>The same without some parameters, which are for the page alone.</summary>
    protected string QueryBut(params string[] names)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in Http.Request.Query)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                query.Add(name, values.OfType<string>().Where(value => value.Length > 0));
            }
        }

        return query.ToString();
    }

    /// <summary>Some parameters of the page's own query, without what was left empty.</summary>
    protected QueryString QueryOf(params IEnumerable<string> names) => QueryOf(Http, names);

    internal static QueryString QueryOf(HttpContext http, IEnumerable<string> names) => QueryString.Create(
        from name in names
        from value in http.Request.Query[name]
        where value.Length > 0
        select KeyValuePair.Create(name, (string?)value));

    /// <summary>The same with one parameter set to another value.</summary>
    protected string QueryWith(string name, string value) =>
        QueryBut(name) is { Length: > 0 } query ? $"{query}&{name}={Uri.EscapeDataString(value)}" : $"?{name}={Uri.EscapeDataString(value)}";

    /// <summary>Asks for what the page shows; it is rendered once that is there.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!isLoaded)
        {
            isLoaded = true;
            var loaded = Load();
            if (Http.Features.Get<PageFrame>() is { } frame)
            {
                await frame.SendUnless(loaded);
            }

            await loaded;
        }

        await base.SetParametersAsync(ParameterView.Empty);
    }

    private protected bool Is(params Role[] roles) => roles.Any(role => Http.User.IsInRole(role.Word()));

    private protected async Task<ApiAnswer<T>> Ask<T>(string pathAndQuery)
        where T : class => Say(await Api.Get<T>(Http, pathAndQuery));

    private protected async Task<ApiAnswer<string>> AskText(string pathAndQuery) => Say(await Api.GetText(Http, pathAndQuery));

    private protected async Task<ApiAnswer<T>> Send<T>(string method, string pathAndQuery, object? body, string? key = null, long? version = null)
        where T : class => Say(await Api.Send<T>(Http, method, pathAndQuery, body, key, version), isSent: true);

    /// <summary>Sends a file as it stands.</summary>
    private protected async Task<ApiAnswer<T>> Upload<T>(string pathAndQuery, string contentType, Stream file, string? key = null)
        where T : class => Say(await Api.Upload<T>(Http, pathAndQuery, contentType, file, key), isSent: true);

    // A page that could not show what was asked for says so by its status, too. What a form names and nobody knows is the form's fault: the page is there.
    private ApiAnswer<T> Say<T>(ApiAnswer<T> answer, bool isSent = false)
        where T : class
    {
        if (answer.Problem is { } problem && !Http.Response.HasStarted && Http.Features.Get<PageFrame>() is not { IsSent: true })
        {
            Http.Response.StatusCode = isSent && problem.Status == StatusCodes.Status404NotFound ? StatusCodes.Status400BadRequest : problem.Status;
            Http.Items[typeof(ApiProblem)] = problem;
        }

        return answer;
    }
}
